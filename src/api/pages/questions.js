/** Ready questions about one project, each asked alike by everybody. The ids line rows up and are not shown. */
export const QUESTIONS = [
  {
    title: 'Hours and money',
    query: `query HoursAndMoney($projectId: ID!) {
  project(id: $projectId) {
    name
    status
    totals {
      totalTime { hours }
      billableTime { hours }
      nonBillableTime { hours }
      rawTime { hours }
      billableAmount { amount currencyCode }
      uninvoicedAmount { amount currencyCode }
      internalCost { amount currencyCode }
      margin { amount currencyCode }
      marginPercent
    }
  }
}
`,
  },
  {
    title: 'Budget, invoices and payments',
    query: `query BudgetAndInvoices($projectId: ID!) {
  project(id: $projectId) {
    budget {
      basis
      total { time { hours } money { amount currencyCode } }
      used { time { hours } money { amount currencyCode } }
      usedPercent
    }
    costBudget {
      total { amount currencyCode }
      used { amount currencyCode }
      usedPercent
    }
    financials {
      contractValue { amount currencyCode }
      invoicedTotal { amount currencyCode }
      paidTotal { amount currencyCode }
      balance { amount currencyCode }
    }
    invoices(first: 10) {
      totalCount
      nodes {
        id
        number
        status
        total { amount currencyCode }
        balance { amount currencyCode }
        internalNotes
      }
    }
  }
}
`,
  },
  {
    title: 'Tasks and people',
    query: `query TasksAndPeople($projectId: ID!) {
  project(id: $projectId) {
    tasks(first: 20) {
      totalCount
      nodes {
        id
        title
        status
        assignee { id displayName }
        trackedTime { hours }
        billableAmount { amount currencyCode }
        internalNotes
      }
    }
    people(first: 20) {
      nodes {
        id
        displayName
        title
        email
      }
    }
  }
}
`,
  },
  {
    title: 'The latest time entries',
    query: `query LatestTime($projectId: ID!) {
  project(id: $projectId) {
    timeEntries(first: 5) {
      totalCount
      nodes {
        id
        date
        description
        person { id displayName }
        task { id title }
        time { hours }
        rawTime { hours }
        billRate { amount currencyCode }
        billableAmount { amount currencyCode }
        costAmount { amount currencyCode }
      }
    }
  }
}
`,
  },
  {
    title: 'What may I see and do here?',
    query: `query MyAccess($projectId: ID!) {
  project(id: $projectId) {
    myAccess {
      source
      permissions { trackTime clientView internalCosts managesProject }
      actions
      sections { key value }
    }
  }
}
`,
  },
];

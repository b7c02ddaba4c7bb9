/** Ready questions about one project, each asked alike by everybody. */
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
];

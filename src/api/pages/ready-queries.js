/** The tabs of a first visit. They name no ids, so they work for everybody. */
export const READY_QUERIES = [
  {
    query: `# Ask this as Clara, then as Carl, then as Max.
# What somebody may not see is null, and "withheld" at the end of
# the answer says what it would take to see it.
query ProjectsWithTotals {
  projects(first: 3) {
    totalCount
    nodes {
      name
      status
      clientOrganisation {
        name
      }
      totals {
        totalTime {
          hours
        }
        billableAmount {
          amount
          currencyCode
        }
        internalCost {
          amount
          currencyCode
        }
      }
    }
  }
}
`,
  },
  {
    query: `# One project as its page would show it.
query ProjectPage {
  projects(first: 1, filter: { statusIn: [ACTIVE] }) {
    nodes {
      id
      name
      description
      budget {
        basis
        usedPercent
      }
      financials {
        invoicedTotal {
          amount
        }
        balance {
          amount
        }
      }
      tasks(first: 10) {
        nodes {
          title
          status
          trackedTime {
            hours
          }
          assignee {
            displayName
          }
        }
      }
      people(first: 10) {
        nodes {
          displayName
          title
        }
      }
    }
  }
}
`,
  },
  {
    query: `# Who am I, and what may I ask for? A front end asks this first.
query WhoAmI {
  viewer {
    displayName
    memberships {
      role
      personType
      workspace {
        name
      }
    }
  }
  projects {
    nodes {
      name
      myAccess {
        source
        permissions {
          trackTime
          clientView
          internalCosts
          managesProject
        }
        actions
      }
    }
  }
}
`,
  },
  {
    query: `# Drafts are the team's own: Clara never hears of them.
query LatestInvoices {
  invoices(first: 10) {
    totalCount
    nodes {
      number
      status
      isOverdue
      dueDate
      total {
        amount
        currencyCode
      }
      balance {
        amount
      }
      project {
        name
      }
      internalNotes
    }
  }
}
`,
  },
  {
    query: `# Ask this as Max: who is on his projects, with which permissions.
# Then invite somebody with the next tab.
query WhoIsOnIt {
  projects(first: 5) {
    nodes {
      id
      name
      members(first: 20) {
        nodes {
          name
          status
          permissions {
            trackTime
            clientView
            internalCosts
            managesProject
          }
        }
      }
    }
  }
}
`,
  },
  {
    query: `# Put the id of a project into the variables below, and ask as Max.
# The mail with its link lands in the inbox: /dev/mail
mutation InviteAClient($input: InviteToProjectInput!) {
  inviteToProject(input: $input) {
    outcome
    implied
    warnings
    member {
      name
      status
      expiresAt
    }
  }
}
`,
    variables: JSON.stringify(
      {
        input: {
          projectId: 'prj_…',
          name: 'Nina Newcomer',
          email: 'nina@acme.test',
          personType: 'CLIENT',
          permissions: { clientView: true },
        },
      },
      null,
      2,
    ),
  },
  {
    query: `# Run this as Clara and leave it running. Then move one of her switches
# in another window, on the page Compare, or change a project as Max:
# Clara hears of it within a second, as far as she may see it.
subscription Live {
  portalEvents {
    kind
    occurredAt
    actor {
      displayName
    }
    project {
      name
    }
    subject {
      ... on Task {
        title
        internalNotes
      }
      ... on Project {
        name
        totals {
          billableTime {
            hours
          }
        }
      }
      ... on Invoice {
        number
        total {
          amount
        }
      }
    }
  }
}
`,
  },
];

/** The tabs of a first visit. They name no ids, so they work for everybody. */
export const READY_QUERIES = [
  {
    query: `# The same query for everybody. Ask it as Clara, then as Carl, then as Max: what somebody
# may not see is null, and "withheld" at the end of the answer says what it would take.
query ProjectsWithTotals {
  projects(first: 10) {
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
];

/** The dashboard: projects page by page, each with what it adds up to. */
graphql`
  query DashboardQuery($count: Int!, $cursor: String) {
    viewer {
      id
      displayName
    }
    ...Dashboard_projects @arguments(count: $count, cursor: $cursor)
  }
`;

graphql`
  fragment Dashboard_projects on Query
  @argumentDefinitions(count: { type: "Int", defaultValue: 20 }, cursor: { type: "String" })
  @refetchable(queryName: "DashboardPageQuery") {
    projects(first: $count, after: $cursor) @connection(key: "Dashboard_projects") {
      totalCount
      edges {
        node {
          id
          name
          ...Dashboard_card
        }
      }
    }
  }
`;

graphql`
  fragment Dashboard_card on Project {
    status
    clientOrganisation {
      name
    }
    totals {
      billableTime {
        hours
      }
      billableAmount {
        amount
        currencyCode
      }
    }
  }
`;

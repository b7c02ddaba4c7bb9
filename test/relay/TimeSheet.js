/** The time of a project, backwards as well, and what changes it. */
graphql`
  fragment TimeSheet_entries on Project
  @argumentDefinitions(count: { type: "Int", defaultValue: 25 }, cursor: { type: "String" })
  @refetchable(queryName: "TimeSheetPageQuery") {
    timeEntries(last: $count, before: $cursor) @connection(key: "TimeSheet_timeEntries", filters: []) {
      edges {
        node {
          ...TimeSheet_entry
        }
      }
    }
  }
`;

graphql`
  fragment TimeSheet_entry on TimeEntry {
    date
    description
    time {
      seconds
    }
    person {
      displayName
    }
  }
`;

graphql`
  mutation TimeSheetLogMutation($input: LogTimeInput!, $connections: [ID!]!) {
    logTime(input: $input) {
      timeEntry @prependNode(connections: $connections, edgeTypeName: "TimeEntryEdge") {
        ...TimeSheet_entry
      }
    }
  }
`;

graphql`
  mutation TimeSheetCorrectMutation($input: UpdateTimeEntryInput!) {
    updateTimeEntry(input: $input) {
      timeEntry {
        ...TimeSheet_entry
      }
    }
  }
`;

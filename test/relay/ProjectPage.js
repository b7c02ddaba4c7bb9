/** One project, with its tasks and people to be paged on their own, by `node(id)`. */
graphql`
  query ProjectPageQuery($id: ID!) {
    project(id: $id) {
      name
      description
      ...ProjectPage_tasks
      ...ProjectPage_people
    }
  }
`;

graphql`
  fragment ProjectPage_tasks on Project
  @argumentDefinitions(count: { type: "Int", defaultValue: 25 }, cursor: { type: "String" })
  @refetchable(queryName: "ProjectPageTasksQuery") {
    tasks(first: $count, after: $cursor) @connection(key: "ProjectPage_tasks") {
      edges {
        node {
          id
          title
          status
          assignee {
            displayName
          }
        }
      }
    }
  }
`;

graphql`
  fragment ProjectPage_people on Project
  @argumentDefinitions(count: { type: "Int", defaultValue: 25 }, cursor: { type: "String" })
  @refetchable(queryName: "ProjectPagePeopleQuery") {
    people(first: $count, after: $cursor) @connection(key: "ProjectPage_people") {
      edges {
        node {
          id
          displayName
          side
        }
      }
    }
  }
`;

/** Who may see a project: the table of permissions, and what changes it. */
graphql`
  fragment Members_table on Project
  @argumentDefinitions(count: { type: "Int", defaultValue: 25 }, cursor: { type: "String" })
  @refetchable(queryName: "MembersPageQuery") {
    members(first: $count, after: $cursor) @connection(key: "Members_members") {
      edges {
        node {
          ...Members_row
        }
      }
    }
  }
`;

graphql`
  fragment Members_row on ProjectMember {
    name
    status
    version
    permissions {
      trackTime
      clientView
      internalCosts
      managesProject
    }
  }
`;

graphql`
  mutation MembersInviteMutation($input: InviteToProjectInput!, $connections: [ID!]!) {
    inviteToProject(input: $input) {
      outcome
      member @appendNode(connections: $connections, edgeTypeName: "ProjectMemberEdge") {
        ...Members_row
      }
    }
  }
`;

graphql`
  mutation MembersChangeMutation($input: UpdateProjectPermissionsInput!) {
    updateProjectPermissions(input: $input) {
      implied
      member {
        ...Members_row
      }
    }
  }
`;

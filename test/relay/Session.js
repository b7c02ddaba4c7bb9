/** Signing in, and coming in by an invitation. */
graphql`
  mutation SessionSignInMutation($input: SignInInput!) {
    signIn(input: $input) {
      token
      expiresAt
      viewer {
        id
        displayName
      }
    }
  }
`;

graphql`
  query SessionInvitationQuery($token: String!) {
    invitation(token: $token) {
      workspaceName
      inviterName
      expiresAt
    }
  }
`;

graphql`
  mutation SessionAcceptMutation($input: AcceptInvitationInput!) {
    acceptInvitation(input: $input) {
      token
      workspace {
        id
        name
      }
    }
  }
`;

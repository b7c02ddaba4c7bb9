/** What everybody listens to: the cost is for managers alone. */
export const EVENTS = `subscription ($after: Cursor) {
  portalEvents(after: $after) {
    cursor kind occurredAt
    project { id name totals { billableTime { hours } internalCost { amount } } }
    subject { __typename ... on Task { id title status dueDate } }
  }
}`;

/** Invoices over all projects, one of them, and what is done with it. */
graphql`
  query InvoicesQuery($count: Int!, $cursor: String, $status: InvoiceStatusFilter) {
    ...Invoices_list @arguments(count: $count, cursor: $cursor, status: $status)
  }
`;

graphql`
  fragment Invoices_list on Query
  @argumentDefinitions(
    count: { type: "Int", defaultValue: 25 }
    cursor: { type: "String" }
    status: { type: "InvoiceStatusFilter" }
  )
  @refetchable(queryName: "InvoicesPageQuery") {
    invoices(first: $count, after: $cursor, filter: { status: $status }) @connection(key: "Invoices_invoices") {
      edges {
        node {
          ...Invoices_row
        }
      }
    }
  }
`;

graphql`
  fragment Invoices_row on Invoice @refetchable(queryName: "InvoicesRowQuery") {
    number
    status
    dueDate
    balance {
      amount
      currencyCode
    }
  }
`;

graphql`
  query InvoicesDetailQuery($id: ID!) {
    invoice(id: $id) {
      ...Invoices_row
      lines {
        id
        description
        amount {
          amount
        }
      }
    }
  }
`;

graphql`
  mutation InvoicesSendMutation($input: SendInvoiceInput!) {
    sendInvoice(input: $input) {
      invoice {
        ...Invoices_row
      }
    }
  }
`;

graphql`
  mutation InvoicesPayMutation($input: RecordPaymentInput!) {
    recordPayment(input: $input) {
      invoice {
        ...Invoices_row
      }
    }
  }
`;

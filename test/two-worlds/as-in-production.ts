/** graphql-js checks in development what it trusts in production, and that takes longer than all the rest of a query. */
process.env.NODE_ENV = 'production';

/** PostGraphile 5 asks for Node 22. This is all of it that Node 20 lacks for what the bench asks. */
Promise.withResolvers ??= function withResolvers() {
  const resolvers = {};
  resolvers.promise = new this((resolve, reject) => Object.assign(resolvers, { resolve, reject }));
  return resolvers;
};

# Build: everything that compiling needs.
FROM node:24-slim AS build
WORKDIR /portico
COPY package.json package-lock.json ./
RUN npm ci
COPY tsconfig.json ormconfig.ts ./
COPY scripts ./scripts
COPY migrations ./migrations
COPY src ./src
RUN npm run build && npm prune --omit=dev

# Run: what is left, as a user who may write to /data alone.
FROM node:24-slim
ENV NODE_ENV=production HOST=0.0.0.0 DEMO=off DATA_DIR=/data
WORKDIR /portico
COPY --from=build /portico/package.json ./
COPY --from=build /portico/node_modules ./node_modules
COPY --from=build /portico/dist ./dist
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=30s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:' + (process.env.PORT || 4000) + '/readyz').then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Without npm in between, SIGTERM reaches the server itself.
CMD ["node", "dist/src/main.js"]

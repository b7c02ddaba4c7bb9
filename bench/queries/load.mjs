import autocannon from 'autocannon';

/**
 * Makes the load, in a process of its own: it is told where, what and for how long, and tells what it saw. Every
 * connection goes through all requests, each beginning at another one.
 */
process.on('message', async ({ url, requests, connections, seconds }) => {
  const latencies = [];
  const before = process.cpuUsage();
  const started = performance.now();
  let nth = 0;
  const running = autocannon({
    url,
    connections,
    duration: seconds,
    requests,
    // It ends at a tick.
    sampleInt: 50,
    setupClient: (client) => {
      const from = Math.floor((nth++ * requests.length) / connections);
      client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
    },
  });
  running.on('response', (_client, _status, _bytes, ms) => latencies.push(ms));
  const { errors, non2xx, statusCodeStats } = await running;
  const taken = (performance.now() - started) / 1000;
  const { user, system } = process.cpuUsage(before);
  latencies.sort((a, b) => a - b);
  const quantile = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  process.send({
    answers: latencies.length,
    seconds: taken,
    failed: errors + non2xx,
    statuses: statusCodeStats,
    p50: quantile(0.5),
    p99: quantile(0.99),
    cpuMs: (user + system) / 1000,
  });
});

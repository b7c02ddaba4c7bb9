import autocannon from 'autocannon';

/**
 * Makes the load, in a process of its own: it is told where, what and how much, and tells what it saw. Every connection
 * goes through all requests, each beginning at another one. It ends with the last answer, so that no work is uncounted.
 */
process.on('message', async ({ url, requests, connections, amount }) => {
  const latencies = [];
  const before = process.cpuUsage();
  const started = performance.now();
  let ended = started;
  let nth = 0;
  const running = autocannon({
    url,
    connections,
    amount,
    requests,
    // It stops at a tick.
    sampleInt: 50,
    timeout: 60,
    setupClient: (client) => {
      const from = Math.floor((nth++ * requests.length) / connections);
      client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
    },
  });
  running.on('response', (_client, _status, _bytes, ms) => {
    latencies.push(ms);
    ended = performance.now();
  });
  const { errors, non2xx, statusCodeStats } = await running;
  const { user, system } = process.cpuUsage(before);
  latencies.sort((a, b) => a - b);
  const quantile = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  process.send({
    answers: latencies.length,
    seconds: (ended - started) / 1000,
    failed: errors + non2xx,
    statuses: statusCodeStats,
    p50: quantile(0.5),
    p99: quantile(0.99),
    cpuMs: (user + system) / 1000,
  });
});

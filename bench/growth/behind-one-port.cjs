const cluster = require('node:cluster');
const path = require('node:path');

/** So many servers as they ship behind one port: the kernel of a proxy, without a proxy's costs. */
if (cluster.isPrimary) {
  for (let i = 0; i < Number(process.env.PROCESSES); i++) cluster.fork();
  process.on('SIGTERM', () => {
    for (const worker of Object.values(cluster.workers)) worker.process.kill('SIGTERM');
  });
} else {
  require(path.join(__dirname, '../../dist/src/main.js'));
}

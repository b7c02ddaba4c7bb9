const events = require('../../dist/src/events/events.repository.js');
const { LocalBus } = require('../../dist/src/events/bus.js');
const { Database } = require('../../dist/src/platform/database.js');
const http = require('node:http');

/**
 * The built server with a place to die in, named by CRASH_AT, on the way of an event from its transaction to its
 * listeners. It lives until it is told by SIGUSR2 to die there next time; it dies as by kill -9.
 */
const POINTS = {
  /** Written, not committed: nothing of it may be left. */
  'before the commit': (die) =>
    aroundTransactions(async (work, tx) => {
      const { result, isNews } = await watched(work, tx);
      if (isNews) die();
      return result;
    }),
  /** Committed; the relay has heard of it and not begun. */
  'after the commit': (die) => {
    const { onAnnounced } = Database.prototype;
    Database.prototype.onAnnounced = function (listener) {
      return onAnnounced.call(this, () => {
        die();
        listener();
      });
    };
  },
  'numbered, not committed': (die) => {
    const { numberEvents } = events;
    events.numberEvents = async (...args) => {
      const numbered = await numberEvents(...args);
      if (numbered > 0) die();
      return numbered;
    };
  },
  'numbered, nobody rung for': (die) => {
    const { ring } = LocalBus.prototype;
    LocalBus.prototype.ring = function (workspaceId) {
      die();
      ring.call(this, workspaceId);
    };
  },
  /** Some have been told, whoever did it has not. */
  'before the answer': (die) => {
    const { end } = http.ServerResponse.prototype;
    http.ServerResponse.prototype.end = function (...args) {
      const answer = () => {
        if (this.req.method === 'POST') die();
        end.apply(this, args);
      };
      setTimeout(answer, 30);
      return this;
    };
  },
};

function aroundTransactions(run) {
  const { transaction } = Database.prototype;
  Database.prototype.transaction = function (work) {
    return transaction.call(this, (tx) => run(work, tx));
  };
}

async function watched(work, tx) {
  let isNews = false;
  const announce = () => {
    isNews = true;
    tx.announce();
  };
  return { result: await work({ ...tx, announce }), isNews };
}

let isArmed = false;
process.on('SIGUSR2', () => {
  isArmed = true;
});

POINTS[process.env.CRASH_AT](() => {
  if (!isArmed) return;
  process.kill(process.pid, 'SIGKILL');
  for (;;);
});
require('../../dist/src/main.js');

import { stopOnSignals } from './start/shutdown';

// Before all the rest is read: whoever stops a start in its first moments is heard too.
const signals = stopOnSignals();

import('./start/run.js').then(({ run }) => run(signals));

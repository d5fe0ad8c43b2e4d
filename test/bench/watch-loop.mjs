import { writeFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { isMainThread } from 'node:worker_threads';

/** Loaded into a server before its own code: on SIGUSR2 it counts from zero, at its end it writes what it saw. */
if (isMainThread) {
  const delays = monitorEventLoopDelay({ resolution: 5 });
  delays.enable();
  process.on('SIGUSR2', () => delays.reset());
  process.on('exit', () => {
    const ms = (ns) => Math.max(0, ns / 1e6 - 5);
    const seen = {
      p99: ms(delays.percentile(99)),
      p999: ms(delays.percentile(99.9)),
      max: ms(delays.max),
      count: delays.count,
    };
    writeFileSync(process.env.ENSAYO_LOOP_FILE, JSON.stringify(seen));
  });
}

import { contract } from '#core/contract/index.ts';
import { spellsOf } from '#core/experiment/spells.ts';
import { handle } from '../http/handle.ts';
import { readDesign } from '../store/experiments/designs.ts';
import { readEvents } from '../store/experiments/events.ts';
import { readHarmStops } from '../store/experiments/harm.ts';

export const handlers = [
  handle(contract.harmWatch.notices, async ({ context }) => {
    const notices = [];
    for (const { experimentId, line, paused, noticedAt } of await readHarmStops(context.engine)) {
      const { design, startsOn } = await readDesign(context.engine, experimentId);
      const events = await readEvents(context.engine, experimentId);
      const [arm] = spellsOf([line.arm], startsOn, events);
      notices.push({
        experimentId,
        name: design.name,
        armStatus: arm?.status ?? 'open',
        paused,
        noticedAt,
        line,
      });
    }
    return notices;
  }),
  handle(contract.harmWatch.run, ({ submit }) => submit('watch-harm', {})),
];

import { expect, it } from 'vitest';
import type { Arm, Touch } from '#core/experiment/define.ts';
import { hasPlainArm, whatDiffers } from '#core/experiment/what-differs.ts';

const touch = (given: Partial<Touch> = {}): Touch => ({
  day: 0,
  style: 'neutral',
  channel: 'sms',
  templates: ['a', 'b'],
  ...given,
});
const arm = (name: string, ...touches: Touch[]): Arm => ({ name, weight: 1, touches });
const loss = touch({ style: 'loss_aversion' });
const length = (given: Touch) => (given.style === 'neutral' ? 100 : 110);

it.each([
  ['styles of two texts', [arm('a', touch()), arm('b', loss)], ['style'], 'style'],
  [
    'styles of which one has one text',
    [arm('a', touch()), arm('b', { ...loss, templates: ['a'] })],
    ['text'],
    'text',
  ],
  ['texts of one style', [arm('a', touch()), arm('b', touch({ templates: ['c', 'd'] }))], ['text'], 'text'],
  [
    'channels, whose texts differ by nature',
    [arm('a', touch()), arm('b', touch({ channel: 'email', templates: ['mail'] }))],
    ['channel'],
    'channel',
  ],
  ['cadences', [arm('a', touch()), arm('b', touch(), touch({ day: 5 }))], ['cadence'], 'cadence'],
  ['days alone', [arm('a', touch()), arm('b', touch({ day: 3 }))], ['cadence'], 'cadence'],
  [
    'hours',
    [arm('a', touch({ hours: { from: '09:00', until: '12:00' } })), arm('b', touch())],
    ['hour'],
    'hour',
  ],
  ['silence', [arm('a', touch()), arm('b')], ['silence'], 'silence'],
  ['styles beside silence', [arm('a', touch()), arm('b', loss), arm('c')], ['silence', 'style'], 'style'],
  [
    'style and hour at once',
    [arm('a', touch()), arm('b', { ...loss, hours: { from: '18:00', until: '20:00' } })],
    ['style', 'hour'],
    'several',
  ],
  ['nothing', [arm('a', touch()), arm('b', touch())], [], 'nothing'],
])('%s', (_, arms, differs, about) => {
  expect(whatDiffers(arms, length)).toMatchObject({ differs, about });
});

it('names length where one message is over a quarter longer', () => {
  const arms = [arm('a', touch()), arm('b', loss)];
  const { differs, sentence } = whatDiffers(arms, ({ style }) => (style === 'neutral' ? 100 : 140));
  expect(differs).toEqual(['style', 'length']);
  expect(sentence.es).toBe(
    'Cambian a la vez el estilo y el largo: se sabrá qué brazo ayuda más, pero no por cuál de esas cosas.',
  );
  expect(sentence.en).toMatch(/^The style and the length change together/);
});

it('asks for an arm that does not persuade', () => {
  expect(hasPlainArm([arm('a', loss), arm('b', loss)])).toBe(false);
  expect(hasPlainArm([arm('a', touch()), arm('b', loss)])).toBe(true);
  expect(hasPlainArm([arm('a', loss), arm('b')])).toBe(true);
});

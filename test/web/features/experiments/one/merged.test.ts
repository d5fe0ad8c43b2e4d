import { expect, it } from 'vitest';
import { mergeTexts } from '../../../../../web/src/features/experiments/one/merged.ts';

const text = (arm: string, touch: number, said: string, language = 'es') => ({
  arm,
  touch,
  language,
  text: said,
  template: `t${touch}`,
  version: null,
  hash: `${touch}`,
  claim: null,
});

it('shows equal texts of an arm once, with the messages that say so; other arms and languages stay apart', () => {
  const merged = mergeTexts([
    text('neutral', 1, 'Hola'),
    text('neutral', 2, 'Hola'),
    text('help', 1, 'Hola'),
    text('help', 2, 'Le ayudamos'),
    text('help', 3, 'Hola'),
    text('help', 1, 'Hello', 'en'),
  ]);
  expect(merged.map(({ arm, language, text: said, messages }) => [arm, language, said, messages])).toEqual([
    ['neutral', 'es', 'Hola', []],
    ['help', 'es', 'Hola', [1, 3]],
    ['help', 'es', 'Le ayudamos', [2]],
    ['help', 'en', 'Hello', [1]],
  ]);
});

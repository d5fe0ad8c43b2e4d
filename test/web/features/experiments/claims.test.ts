import { describe, expect, it } from 'vitest';
import {
  openTexts,
  takeNeutral,
  takeTrueFigure,
  touchOf,
} from '../../../../web/src/features/experiments/design/claims.ts';
import { firstDraft, newArm, newTouch } from '../../../../web/src/features/experiments/design/draft.ts';
import { textsFrom } from '../../../../web/src/features/experiments/design/texts.ts';

const texts = textsFrom((style) =>
  style === 'social_proof'
    ? [
        { id: 'own', body: { es: '9 de cada 10 clientes están al día.' } },
        { id: 'open', body: { es: 'Al menos {{n_de_10}} de cada 10 clientes están al día.' } },
        { id: 'open_english', body: { en: 'At least {{ n_de_10 }} in 10 customers are up to date.' } },
      ]
    : [{ id: style, body: { es: style } }],
);

describe('a text whose figure may not be said', () => {
  it('is found in the draft by its arm and its place by day', () => {
    const [later, first] = [newTouch('social_proof', 'sms', { day: 5 }), newTouch('neutral', 'sms')];
    const arms = [newArm(newTouch('reciprocity', 'sms')), { ...newArm(later, first), name: 'norma' }];
    const draft = { ...firstDraft(), arms };
    expect(touchOf(draft, { arm: 'norma', touch: 1 })).toBe(first);
    expect(touchOf(draft, { arm: 'norma', touch: 2 })).toBe(later);
    expect(touchOf(draft, { arm: 'norma', touch: 3 })).toBeUndefined();
    expect(touchOf(draft, { arm: 'gone' })).toBeUndefined();
  });

  it('gives way to those that say the true one, or to the neutral text', () => {
    const touch = newTouch('social_proof', 'sms', { templates: ['own'] });
    expect(openTexts(texts, touch)).toEqual(['open', 'open_english']);
    takeTrueFigure(touch, openTexts(texts, touch));
    expect(touch).toMatchObject({ style: 'social_proof', templates: ['open', 'open_english'] });
    takeNeutral(touch);
    expect(touch).toMatchObject({ style: 'neutral', channel: 'sms', templates: null });
    expect(openTexts(texts, touch)).toEqual([]);
  });
});

import { describe, expect, it } from 'vitest';
import { memoOf } from '../../../../web/src/features/experiments/memo/memo.ts';
import { nameIn } from '../../../../web/src/features/experiments/memo/names.ts';
import {
  experimentOf,
  lifecycleOf,
  resultsOf,
  type TrialState,
  trialStates,
} from '../../../support/trial-results/states.ts';

const styles = [
  { id: 'neutral', title: { es: 'Neutro', en: 'Neutral' } },
  { id: 'social_proof', title: { es: 'Prueba social', en: 'Social proof' } },
];
const nobody = { who: '', what: '', by: '' };
const memo = (state: TrialState, deciding = nobody, events: readonly 'decided'[] = []) =>
  memoOf({
    experiment: experimentOf(state),
    results: resultsOf(state),
    lifecycle: lifecycleOf('running', events),
    segment: { es: 'Cuentas con entre 1 y 29 días de mora.', en: 'Accounts 1 to 29 days past due.' },
    arm: (name) => nameIn(name, styles),
    deciding,
  });
const section = (made: ReturnType<typeof memo>, id: string) => made.sections.find((one) => one.id === id);
const said = (made: ReturnType<typeof memo>, locale: 'es' | 'en') =>
  made.sections
    .flatMap(({ title, lines, table }) => [
      title,
      ...lines,
      ...(table ? [...table.header, ...table.rows.flat()] : []),
    ])
    .map((text) => text[locale])
    .join('\n');

describe('a decision memo', () => {
  it.each(trialStates)('says everything in both languages, without terms of the trade: %s', (state) => {
    const made = memo(state);
    expect(made.sections.map(({ id }) => id)).toEqual([
      'decide',
      'question',
      'made',
      'result',
      'harm',
      'money',
      'limits',
      'advice',
    ]);
    for (const locale of ['es', 'en'] as const) {
      const text = said(made, locale);
      expect(text).not.toMatch(/undefined|NaN|\bnull\b|\{|\bpp\b|CUPED|alpha|O’Brien/);
      expect(made.sections.every(({ lines }) => lines.length > 0)).toBe(true);
    }
    expect(said(made, 'es')).not.toBe(said(made, 'en'));
  });

  it('says who decides what by when, and what was decided once it is', () => {
    const open = section(memo('decided', { who: 'Ana Ruiz', what: '', by: '2026-12-20' }), 'decide');
    expect(open?.lines[0]?.es).toMatch(/^Ana Ruiz decide, a más tardar el 20 dic 2026: qué mensaje/);
    expect(section(memo('decided'), 'decide')?.lines[0]?.en).toMatch(
      /^Somebody to be named decides: which message/,
    );
    const done = section(memo('decided', nobody, ['decided']), 'decide');
    expect(done?.lines[0]?.es).toContain('Decidido el');
  });

  it('recommends by the verdict and no further', () => {
    expect(section(memo('decided'), 'advice')?.lines[0]?.es).toBe(
      'Usar Prueba social en lugar de Neutro con personas como estas.',
    );
    expect(section(memo('before_first_look'), 'advice')?.lines[0]?.en).toBe('Do not decide yet.');
    expect(section(memo('stopped_for_harm'), 'advice')?.lines[0]?.en).toContain('loss aversion');
    expect(section(memo('invalid'), 'advice')?.lines[0]?.es).toContain('No decidir');
  });

  it('writes differences in points and intervals in words', () => {
    const table = section(memo('decided'), 'result')?.table;
    expect(table?.rows[1]?.map(({ es }) => es).slice(3)).toEqual([
      '+2,1\u00a0puntos',
      expect.stringMatching(/^\+0,\d y \+\d,\d\u00a0puntos$/),
    ]);
    expect(table?.rows[0]?.[3]?.en).toBe('compared with this one');
  });

  it('says what may still change it, and that one text is not a style', () => {
    const limits = (state: TrialState) => section(memo(state), 'limits')?.lines.map(({ es }) => es) ?? [];
    expect(limits('provisional')[0]).toBe(
      'Puede cambiar hasta el 4 mar 2027: falta que madure un indicador de daño.',
    );
    expect(limits('decided').some((line) => line.startsWith('Se probó un solo texto'))).toBe(true);
    expect(limits('invalid').some((line) => line.startsWith('Se perdieron personas'))).toBe(true);
  });

  it('names what it has no title for in plain words', () => {
    expect(nameIn('loss_aversion', styles)).toEqual({ es: 'loss aversion', en: 'loss aversion' });
    expect(nameIn('call', styles)).toEqual({ es: 'Llamada', en: 'Call' });
  });
});

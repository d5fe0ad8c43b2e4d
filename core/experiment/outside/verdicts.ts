import type {
  AnalysedEffect,
  AnalysedKind,
  AnalysedVerdict,
  AnalysisAsked,
} from '../../contract/experiments/analyses.ts';
import { benjaminiHochberg, hochberg, holm } from '../../stats/multiplicity.ts';
import { format, type Locale, type Text } from '../../text/text.ts';

export interface JudgedEffect {
  kind: AnalysedKind;
  better: 'higher' | 'lower';
  margin: number | null;
  effect: AnalysedEffect;
  armValue: number | null;
  controlValue: number | null;
}

const corrections = {
  holm,
  hochberg,
  benjamini_hochberg: benjaminiHochberg,
  none: (p: readonly number[]) => [...p],
} as const;

/** What each comparison says, after the correction over all of them. `invalid`: nothing may be read from any of them. */
export function verdictsOf(
  judged: readonly JudgedEffect[],
  asked: Pick<AnalysisAsked, 'alpha' | 'correction'>,
  invalid: Text | null,
  locale: Locale,
): AnalysedVerdict[] {
  const known = judged.filter(({ effect }) => effect.pValue !== null);
  const corrected = corrections[asked.correction](known.map(({ effect }) => effect.pValue!));
  return judged.map((one) => {
    const place = known.indexOf(one);
    const correctedPValue = place < 0 ? null : corrected[place]!;
    const kind = invalid ? 'invalid' : kindOf(one, correctedPValue, asked.alpha);
    const text = sentence(one, kind, invalid, {
      alpha: asked.alpha,
      among: known.length,
      p: correctedPValue,
    });
    const { metric, arm, control } = one.effect;
    return { metric, arm, control, kind, correctedPValue, message: text[locale], text };
  });
}

function kindOf(
  { effect, better, margin }: JudgedEffect,
  p: number | null,
  alpha: number,
): AnalysedVerdict['kind'] {
  if (effect.estimate === null) return 'inconclusive';
  const { lower, upper } = effect;
  if (margin !== null && lower !== null && upper !== null && lower > -margin && upper < margin)
    return 'equivalent';
  const holdsNone = (lower ?? Number.NEGATIVE_INFINITY) <= 0 && (upper ?? Number.POSITIVE_INFINITY) >= 0;
  if (p === null || p >= alpha || holdsNone) return 'inconclusive';
  return effect.estimate > 0 === (better === 'higher') ? 'better' : 'worse';
}

const heads: Record<AnalysedVerdict['kind'], Text> = {
  better: { es: 'Mejor.', en: 'Better.' },
  worse: { es: 'Peor.', en: 'Worse.' },
  equivalent: { es: 'Equivalente dentro del margen.', en: 'Equivalent within the margin.' },
  inconclusive: { es: 'No concluyente.', en: 'Inconclusive.' },
  invalid: { es: 'Inválido.', en: 'Invalid.' },
};

const shown: Text = {
  es: '{metric}: {armValue} en «{arm}» y {controlValue} en «{control}»; diferencia de {estimate} (intervalo del {level} %: de {lower} a {upper}{adjusted, select, true {, ajustado por lo previo} other {}}).',
  en: '{metric}: {armValue} in "{arm}" and {controlValue} in "{control}"; a difference of {estimate} ({level}% interval: {lower} to {upper}{adjusted, select, true {, adjusted by what came before} other {}}).',
};
const cannot: Text = {
  es: '{metric}: «{arm}» no se puede comparar con «{control}» ({reason, select, empty_arm {un brazo no tiene a nadie} no_variation {todos los valores son iguales} too_few {hay muy pocos datos} zero_control {el control vale 0} zero_denominator {el denominador vale 0} other {{reason}}}).',
  en: '{metric}: "{arm}" cannot be compared with "{control}" ({reason, select, empty_arm {an arm has nobody} no_variation {all values are equal} too_few {there are too few data} zero_control {control is 0} zero_denominator {the denominator is 0} other {{reason}}}).',
};
const open: Text = {
  es: 'Los datos no deciden: caben un efecto a favor, ninguno y uno en contra. Más días de este mismo experimento no lo arreglan; hace falta uno nuevo, con más gente.',
  en: 'The data do not decide: an effect for, none, and one against all fit them. More days of this same experiment do not mend that; a new one with more people is needed.',
};

const notAlone: Text = {
  es: 'Por sí sola la diferencia parecería clara; entre {n, number, integer} comparaciones ya no lo es (p corregida = {p, number, ::.000}).',
  en: 'On its own the difference would look clear; among {n, number, integer} comparisons it no longer is (corrected p = {p, number, ::.000}).',
};

/** A figure as the language writes it: shares in percent, differences of shares in points, with a sign where it is one. */
function figure(value: number | null, kind: AnalysedKind, locale: Locale, difference: boolean): string {
  if (value === null) return '–';
  const isShare = kind === 'proportion';
  const scaled = isShare ? value * 100 : value;
  const size = Math.abs(scaled);
  const digits = isShare ? (difference ? 2 : 1) : size >= 1000 ? 0 : size > 0 && size < 0.1 ? 4 : 2;
  const text = format(
    { es: `{v, number, ::.${'0'.repeat(digits)}}`, en: `{v, number, ::.${'0'.repeat(digits)}}` },
    locale,
    { v: scaled },
  );
  const signed = difference && scaled > 0 ? `+${text}` : text;
  if (!isShare) return signed;
  return difference ? `${signed} ${locale === 'es' ? 'puntos' : 'points'}` : `${signed} %`;
}

function sentence(
  { effect, kind, armValue, controlValue }: JudgedEffect,
  verdict: AnalysedVerdict['kind'],
  invalid: Text | null,
  { alpha, among, p }: { alpha: number; among: number; p: number | null },
): Text {
  const inOne = (locale: Locale): string => {
    const { metric, arm, control, estimate, lower, upper, adjusted, reason } = effect;
    const of = (value: number | null, difference: boolean) => figure(value, kind, locale, difference);
    const values = {
      metric,
      arm,
      control,
      armValue: of(armValue, false),
      controlValue: of(controlValue, false),
      estimate: of(estimate, true),
      lower: of(lower, true),
      upper: of(upper, true),
      level: Math.round((1 - alpha) * 1000) / 10,
      adjusted,
      reason: reason ?? 'other',
    };
    const said = format(estimate === null ? cannot : shown, locale, values);
    const why = verdict === 'invalid' && invalid ? ` ${invalid[locale]}` : '';
    const undecided = verdict === 'inconclusive' && estimate !== null;
    const alone = p !== null && p >= alpha && effect.pValue! < alpha;
    const after = undecided ? ` ${format(alone ? notAlone : open, locale, { n: among, p })}` : '';
    return `${heads[verdict][locale]}${why} ${said}${after}`;
  };
  return { es: inOne('es'), en: inOne('en') };
}

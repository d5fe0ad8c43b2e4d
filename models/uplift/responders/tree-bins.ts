import type { Question } from '#core/experiment/responders/rule.ts';
import type { MatrixColumn } from '../../matrix.ts';

/** A column a rule may ask about, cut into few groups: question j splits groups as `isYes` says. */
export interface BinnedColumn {
  name: string;
  bins: Int32Array;
  count: number;
  questions: Question[];
  /** Whether a group answers yes to question j. */
  isYes(question: number, bin: number): boolean;
}

const mostCuts = 15;
const mostCategories = 8;

/** A number a person would say: whole where all are, else to two places. */
function cutsOf(values: Float64Array): number[] {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return [];
  const whole = known.every((value) => Number.isInteger(value));
  const said = (value: number) => (whole ? value : Math.round(value * 100) / 100);
  const cuts = new Set<number>();
  for (let j = 1; j <= mostCuts; j++)
    cuts.add(said(known[Math.min(known.length - 1, Math.floor((j * known.length) / (mostCuts + 1)))]!));
  const least = known[0]!;
  const most = known[known.length - 1]!;
  return [...cuts].filter((cut) => cut > least && cut <= most).sort((a, b) => a - b);
}

/** Numbers by cuts near their quantiles, missing in the first group; texts by their most frequent values. */
export function binColumn(column: MatrixColumn): BinnedColumn {
  const { name } = column;
  if (column.kind === 'numeric') {
    const { values } = column;
    const cuts = cutsOf(values);
    const bins = Int32Array.from(values, (value) =>
      Number.isNaN(value) ? 0 : cuts.reduce((bin, cut) => bin + (value >= cut ? 1 : 0), 0),
    );
    const unknown = values.some(Number.isNaN);
    return {
      name,
      bins,
      count: cuts.length + 1,
      questions: cuts.map((value) => ({ column: name, is: 'at_least', value, unknown })),
      isYes: (question, bin) => bin > question,
    };
  }
  const { codes, categories } = column;
  const seen = new Array<number>(categories.length).fill(0);
  for (const code of codes) if (code >= 0) seen[code]!++;
  const asked = [...categories.keys()]
    .filter((code) => seen[code]! > 0)
    .sort((a, b) => seen[b]! - seen[a]! || a - b)
    .slice(0, mostCategories);
  const place = new Map(asked.map((code, bin) => [code, bin + 1]));
  return {
    name,
    bins: Int32Array.from(codes, (code) => place.get(code) ?? 0),
    count: asked.length + 1,
    questions:
      asked.length > 1
        ? asked.map((code) => ({ column: name, is: 'category', value: categories[code]! }))
        : [],
    isYes: (question, bin) => bin === question + 1,
  };
}

import { DomainError } from '../errors/domain-error.ts';
import { flagKinds } from '../portfolio/tables/people.ts';
import { factColumn, factColumns, knownColumns } from './columns.ts';
import { type Condition, leavesOf, type Nearest, partsOf } from './condition.ts';
import type { Vocabulary } from './describe/vocabulary.ts';
import type { Measure } from './measure.ts';

const mostConditions = 300;
const deepest = 25;
const shownNames = 12;

/** The names that are known, not all of them where there are many. */
const some = (names: readonly string[]): string | null =>
  names.length > shownNames ? `${names.slice(0, shownNames).join(', ')}…` : names.join(', ') || null;

/** A name a condition gives to nothing here. */
function requireName(
  kind: 'score' | 'feature' | 'experiment' | 'arm' | 'style' | 'channel',
  name: string,
  known: readonly string[],
): void {
  if (known.includes(name)) return;
  if (kind === 'score')
    throw new DomainError('unknown_segment_score', { model: name, known: known.join(', ') || null });
  throw new DomainError(`unknown_segment_${kind}`, { [kind]: name, known: some(known) });
}

function requireColumn(name: string): NonNullable<ReturnType<typeof factColumn>> {
  const found = factColumn(name);
  if (found) return found;
  throw new DomainError('unknown_segment_column', {
    column: name,
    known: knownColumns.map((column) => column.name).join(', '),
  });
}

function checkRange(column: string, from: number | undefined, to: number | undefined): void {
  if ((from === undefined && to === undefined) || (from !== undefined && to !== undefined && from >= to))
    throw new DomainError('empty_range', { column, from: from ?? null, to: to ?? null });
}

/** An amount has sixteen digits before the point at most; whole numbers beyond these are not told apart. */
const mostAmount = 1e16 - 2;
const mostNumber = Number.MAX_SAFE_INTEGER;

function checkSize(column: string, bounds: readonly (number | undefined)[], most: number): void {
  for (const number of bounds)
    if (number !== undefined && Math.abs(number) > most)
      throw new DomainError('number_too_large', { column, number: String(number), most: String(most) });
}

const inCents = (amount: number): boolean => Number(amount.toFixed(2)) === amount;

type Kind = 'number' | 'money' | 'category';
type Named = Extract<Condition, { is: 'between' | 'in' | 'not_in' | 'missing' | 'present' }>;

function checkNamed(name: string, kind: Kind, condition: Named): void {
  const { is } = condition;
  const fits = is === 'missing' || is === 'present' || (kind === 'category') !== (is === 'between');
  if (!fits) throw new DomainError('condition_does_not_fit', { column: name, is });
  if (condition.is !== 'between') return;
  const { from, to, currency } = condition;
  checkSize(name, [from, to], kind === 'money' ? mostAmount : mostNumber);
  checkRange(name, from, to);
  if (kind !== 'money' && currency)
    throw new DomainError('condition_does_not_fit', { column: name, is: currency });
  if (kind !== 'money') return;
  if (!currency) throw new DomainError('amount_without_currency', { amount: from ?? to ?? null });
  for (const amount of [from, to])
    if (amount !== undefined && !inCents(amount))
      throw new DomainError('amount_too_fine', { amount: String(amount) });
}

/** The kind of a measure. @throws unknown_segment_column, unknown_segment_score, unknown_segment_feature */
export function measureKind(of: Measure, vocabulary: Vocabulary): Kind {
  if ('score' in of) {
    requireName('score', of.score, vocabulary.models);
    return 'number';
  }
  if ('feature' in of) {
    requireName('feature', of.feature, [...vocabulary.features.keys()]);
    return vocabulary.features.get(of.feature)?.kind === 'categorical' ? 'category' : 'number';
  }
  if ('column' in of) return requireColumn(of.column).type;
  const { name, type } = requireColumn(of.rankOf);
  if (type === 'category') throw new DomainError('measure_without_order', { measure: name });
  return 'number';
}

const nameOf = (of: Measure): string =>
  'column' in of ? of.column : 'feature' in of ? of.feature : 'score' in of ? of.score : of.rankOf;

/** Of a number that means the same in every currency. @throws also measure_without_order, amounts_across_currencies */
export function checkMeasure(of: Measure, vocabulary: Vocabulary, within: 'book' | 'currency'): void {
  const kind = measureKind(of, vocabulary);
  if (kind === 'category') throw new DomainError('measure_without_order', { measure: nameOf(of) });
  if (kind === 'money' && within === 'book')
    throw new DomainError('amounts_across_currencies', { measure: nameOf(of) });
}

function checkNearest({ nearest, measures, centres }: Nearest, vocabulary: Vocabulary): void {
  for (const { of } of measures) checkMeasure(of, vocabulary, 'book');
  const odd = centres.find((centre) => centre.length !== measures.length);
  if (nearest > centres.length || odd)
    throw new DomainError('centres_do_not_fit', {
      nearest,
      centres: centres.length,
      measures: measures.length,
      values: odd?.length ?? measures.length,
    });
}

function checkLeaf(leaf: Condition, vocabulary: Vocabulary): void {
  if ('column' in leaf) checkNamed(leaf.column, requireColumn(leaf.column).type, leaf);
  else if ('feature' in leaf) checkNamed(leaf.feature, measureKind(leaf, vocabulary), leaf);
  else if ('score' in leaf) {
    requireName('score', leaf.score, vocabulary.models);
    checkSize(leaf.score, [leaf.from, leaf.to], mostNumber);
    checkRange(leaf.score, leaf.from, leaf.to);
  } else if ('decile' in leaf) requireName('score', leaf.decile, vocabulary.models);
  else if ('percentile' in leaf) {
    checkMeasure(leaf.percentile, vocabulary, leaf.within);
    checkRange(nameOf(leaf.percentile), leaf.from, leaf.to);
    for (const share of [leaf.from, leaf.to])
      if (share !== undefined && (share < 0 || share > 1))
        throw new DomainError('percentile_out_of_range', { share });
  } else if ('flag' in leaf) {
    if (!(flagKinds as readonly string[]).includes(leaf.flag))
      throw new DomainError('unknown_flag', { flag: leaf.flag, known: flagKinds.join(', ') });
  } else if ('experiment' in leaf) {
    requireName('experiment', leaf.experiment, [...vocabulary.experiments.keys()]);
    for (const arm of leaf.arms)
      requireName('arm', arm, vocabulary.experiments.get(leaf.experiment)?.arms ?? []);
  } else if ('style' in leaf) requireName('style', leaf.style, [...vocabulary.styles.keys()]);
  else if ('bestChannel' in leaf)
    for (const channel of leaf.bestChannel) requireName('channel', channel, vocabulary.channels);
  else if ('nearest' in leaf) checkNearest(leaf, vocabulary);
}

function depthOf(condition: Condition): number {
  const parts = partsOf(condition);
  return parts ? 1 + Math.max(0, ...parts.map(depthOf)) : 1;
}

/**
 * Refuses a condition that cannot mean anything over the facts of this workspace.
 *
 * @throws unknown_segment_column, unknown_segment_score, unknown_segment_feature, unknown_segment_experiment,
 * unknown_segment_arm, unknown_segment_style, unknown_segment_channel, unknown_flag, condition_does_not_fit, empty_range,
 * amount_without_currency, amount_too_fine, number_too_large, amounts_across_currencies, measure_without_order, percentile_out_of_range,
 * centres_do_not_fit, condition_too_large
 */
export function checkCondition(condition: Condition, vocabulary: Vocabulary): void {
  const leaves = [...leavesOf(condition)];
  if (leaves.length > mostConditions || depthOf(condition) > deepest)
    throw new DomainError('condition_too_large', {
      conditions: leaves.length,
      most: mostConditions,
      depth: depthOf(condition),
      deepest,
    });
  for (const leaf of leaves) checkLeaf(leaf, vocabulary);
}

/** Amounts, which no currency lets be compared with another's. */
export const isAmount = (name: string): boolean =>
  factColumns.some((column) => column.name === name && column.type === 'money');

import type { WhatIfQuestion } from '#core/contract/contact/what-if.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Assumptions } from '#core/experiment/define.ts';
import { type Sql, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { readDesign } from '../../store/experiments/designs.ts';
import { readSegment, segmentMembersOf } from '../../store/segments/segments.ts';

export interface Whom {
  name: string;
  /** Relation with customer_id, each person once. */
  people: Sql;
  assume: Assumptions | null;
}

/**
 * Whom a question of "what if" is about: the people of a segment, or those of one arm of an experiment, with what its design
 * assumes of them.
 *
 * @throws what_if_whom, not_found
 */
export async function whomOf(context: Context, asked: WhatIfQuestion): Promise<Whom> {
  const { segmentId, experimentId, arm } = asked;
  if (segmentId !== undefined && experimentId === undefined) {
    const segment = await readSegment(context.engine, segmentId);
    const people = sql`SELECT DISTINCT customer_id FROM (${segmentMembersOf(segmentId)}) m`;
    return { name: segment.name, people, assume: null };
  }
  if (experimentId === undefined || arm === undefined || segmentId !== undefined)
    throw new DomainError('what_if_whom', { arm: arm ?? '' });
  const record = await readDesign(context.engine, experimentId);
  if (!record.design.arms.some(({ name }) => name === arm)) throw new DomainError('what_if_whom', { arm });
  const people = sql`SELECT DISTINCT customer_id FROM assignments WHERE experiment_id = ${experimentId} AND arm = ${arm}`;
  return { name: `${record.design.name} · ${arm}`, people, assume: record.design.assume ?? null };
}

import { addDays } from '#core/contact/time/wall-clock.ts';
import type { MessageClaim, MessageConsequence } from '#core/contract/messages/messages.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { countriesOf } from '#core/message/cases.ts';
import {
  type Claim,
  type ClaimCount,
  type ClaimKind,
  claimValidDays,
  judgeClaim,
} from '#core/message/claim.ts';
import { type CaseCount, type ConsequenceKind, judgeConsequence } from '#core/message/consequence.ts';
import { consequenceReason } from '#core/message/reasons.ts';
import type { TemplateClaim } from '#core/message/style.ts';
import { claimReason } from '#core/message/text/arm-text.ts';
import { fixedBy } from '#core/message/text/fixed.ts';
import { showSql } from '#core/sql/show.ts';
import type { Sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import { readStatements } from '../../store/messages/statements.ts';
import { snapshotDates } from '../../store/portfolio/facts.ts';
import { readSegment } from '../../store/segments/segments.ts';
import { workspaceToday } from '../../store/workspace.ts';

/** Whom texts address: a relation with customer_id, and the country of those whose own is not known. Null: everybody. */
export interface Addressed {
  people: Sql | null;
  country: string | null;
  today?: string | undefined;
  /** The segment they were chosen by; a figure is then counted among people of the product it fixes, where the claim can be. */
  segmentId?: string | undefined;
}

export const claimKinds = ({ registry }: Context): ReadonlyMap<string, ClaimKind> =>
  registry.claims as unknown as ReadonlyMap<string, ClaimKind>;
export const consequenceKinds = ({ registry }: Context): ReadonlyMap<string, ConsequenceKind> =>
  registry.consequences as unknown as ReadonlyMap<string, ConsequenceKind>;

/** @throws unknown_claim */
export function claimKind(context: Context, kind: string): ClaimKind {
  const found = claimKinds(context).get(kind);
  if (!found)
    throw new DomainError('unknown_claim', { kind, known: [...claimKinds(context).keys()].join(', ') });
  return found;
}

/** @throws unknown_consequence */
export function consequenceKind(context: Context, kind: string): ConsequenceKind {
  const found = consequenceKinds(context).get(kind);
  if (!found)
    throw new DomainError('unknown_consequence', {
      kind,
      known: [...consequenceKinds(context).keys()].join(', '),
    });
  return found;
}

export interface Back {
  asOf: string | null;
  today: string;
  /** A number in a text against the portfolio; each query is run once. */
  claim(binding: TemplateClaim, written: number | null): Promise<{ judged: Claim; shown: MessageClaim }>;
  consequence(kind: string): Promise<MessageConsequence>;
}

/** Asks the portfolio what texts rest on, for the people they address. */
export async function backOf(
  context: Context,
  { people, country, today: stated, segmentId }: Addressed,
): Promise<Back> {
  const { engine } = context;
  const asOf = (await snapshotDates(engine)).at(-1) ?? null;
  const today = await workspaceToday(context, stated);
  const counted = new Map<string, { rows: ClaimCount[]; text: string }>();
  const judged = new Map<string, MessageConsequence>();

  const fixedFor = async ({ narrowsTo }: ClaimKind): Promise<TemplateClaim['scope']> => {
    if (!narrowsTo || segmentId === undefined) return undefined;
    const fixed = fixedBy((await readSegment(engine, segmentId)).condition);
    return Object.fromEntries(narrowsTo.flatMap((name) => (fixed[name] ? [[name, fixed[name]]] : [])));
  };

  const count = async (kind: ClaimKind, binding: TemplateClaim) => {
    const key = JSON.stringify([binding.kind, binding.windowDays, binding.scope]);
    const known = counted.get(key);
    if (known) return known;
    if (!asOf) return { rows: [], text: '' };
    const windowDays = binding.windowDays ?? kind.windowDays;
    // What was saved for one country or product must hold for all who will read it.
    const scope = (people ? undefined : binding.scope) ?? (await fixedFor(kind));
    const query = kind.count(engine.dialect, {
      asOf,
      windowDays,
      people,
      country,
      ...(scope && { scope }),
    });
    const made = { rows: await engine.rows<ClaimCount>(query), text: showSql(query) };
    counted.set(key, made);
    return made;
  };

  return {
    asOf,
    today,
    async claim(binding, written) {
      const kind = claimKind(context, binding.kind);
      const { rows, text } = await count(kind, binding);
      const claim = judgeClaim(rows, written);
      const validUntil = binding.validUntil ?? (asOf && addDays(asOf, claimValidDays));
      const { country: where, product, bucket, claimed, share, n, events, holds, offered } = claim;
      return {
        judged: claim,
        shown: {
          kind: binding.kind,
          title: kind.text.title,
          population: kind.population,
          numerator: kind.numerator,
          written,
          claimed,
          share,
          n,
          events,
          group: { country: where, product, bucket },
          holds,
          reason: claimReason(claim),
          offered: offered ? claimed : null,
          asOf,
          validUntil,
          stale: validUntil !== null && validUntil < today,
          windowDays: binding.windowDays ?? kind.windowDays,
          sql: text,
        },
      };
    },
    async consequence(id) {
      const known = judged.get(id);
      if (known) return known;
      const kind = consequenceKind(context, id);
      const query = asOf && kind.measure?.(engine.dialect, { asOf, country });
      const rows = query ? await engine.rows<CaseCount>(query) : [];
      const countries = await engine.rows<{ country: string | null }>(countriesOf(people, country));
      const verdicts = judgeConsequence(
        kind,
        countries.map((row) => row.country),
        rows,
        await readStatements(engine, id),
        today,
      );
      const made: MessageConsequence = {
        kind: id,
        title: kind.text.title,
        cases: kind.cases,
        carriedOut: kind.carriedOut,
        holds: verdicts.length > 0 && verdicts.every(({ holds }) => holds),
        countries: verdicts.map(({ reason, ...verdict }) => ({
          ...verdict,
          reason: reason ? consequenceReason(reason, verdict) : null,
        })),
        sql: query ? showSql(query) : null,
      };
      judged.set(id, made);
      return made;
    },
  };
}

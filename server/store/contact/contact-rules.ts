import { v7 as uuidv7 } from 'uuid';
import type { RuleChange } from '#core/contact/house/changes.ts';
import { composeSets } from '#core/contact/house/compose.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import type { RuleSet } from '#core/contact/rule-set.ts';
import { raw, sql } from '#core/sql/sql.ts';
import type { Context } from '../../context.ts';
import type { Session } from '../../engine/engine.ts';

type Body<T> = T extends RuleChange ? Omit<T, 'id' | 'at' | 'by' | 'name' | 'why'> : never;
export interface NewChange {
  at: string;
  by: string;
  name: string;
  why: string;
  change: Body<RuleChange>;
}

/** Everything people changed about the rules, oldest first. */
export async function readChanges(session: Session): Promise<RuleChange[]> {
  const rows = await session.rows<{
    change_id: string;
    body: string;
    changed_at: string;
    by_principal: string;
    named: string;
    why: string;
  }>(raw('SELECT change_id, body, changed_at, by_principal, named, why FROM rule_changes ORDER BY seq'));
  return rows.map(
    (row) =>
      ({
        ...(JSON.parse(row.body) as Body<RuleChange>),
        id: row.change_id,
        at: row.changed_at,
        by: row.by_principal,
        name: row.named,
        why: row.why,
      }) as RuleChange,
  );
}

/** Writes a change down; its number makes two at once meet, so that one starts again. */
export async function insertChange(session: Session, given: NewChange): Promise<string> {
  const id = uuidv7();
  await session.run(sql`INSERT INTO rule_changes SELECT coalesce(max(seq), 0) + 1, ${id}, ${given.change.kind},
    ${JSON.stringify(given.change)}, ${given.at}, ${given.by}, ${given.name}, ${given.why} FROM rule_changes`);
  return id;
}

/** The rule sets of the installation. */
export const builtInSets = (context: Context): RuleSet[] =>
  [...context.registry.jurisdictions.values()] as unknown as RuleSet[];

export const ruleKinds = (context: Context): ReadonlyMap<string, RuleKind> =>
  context.registry.rules as unknown as ReadonlyMap<string, RuleKind>;

/** The rule sets by which everything is judged: those of the installation with what the workspace has changed. */
export const ruleSetsOf = async (context: Context, session: Session): Promise<RuleSet[]> =>
  composeSets(builtInSets(context), await readChanges(session));

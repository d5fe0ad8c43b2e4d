import type { z } from 'zod';
import type { Channel } from '../portfolio/tables/people.ts';
import type { Dialect } from '../sql/dialects/dialect.ts';
import type { Sql } from '../sql/sql.ts';
import type { Text } from '../text/text.ts';
import type { ZoneOffset } from './time/zone-offsets.ts';

/** How well a rule is sourced; `house` is our own choice and no law. */
export const ruleStatuses = ['primary', 'secondary', 'to-verify', 'house'] as const;
export type RuleStatus = (typeof ruleStatuses)[number];

/** One use of a rule kind by a rule set, as the statements see it: numbered, under its rule set's key. */
export interface Clause<P = unknown> {
  clause: number;
  ruleSet: string;
  parameters: P;
}

/**
 * One way to read a planned message: a person's zone at a possible instant. A person whose zone is one of
 * several, or whose local time occurs twice, has several readings, and is excluded when any of them is.
 */
export interface Reading {
  assignmentId: string;
  customerId: string;
  channel: Channel;
  ruleSet: string;
  zone: string;
  /** Milliseconds of UTC. */
  plannedAt: number;
  /** The wall clock of the zone at that instant, as if it were UTC. */
  localAt: number;
}

export interface Permission {
  channel: Channel;
  basis: string;
  grantedAt: number;
  revokedAt: number | null;
}
export interface Point {
  channel: Channel;
  valid: boolean;
}
export interface Flag {
  kind: string;
  startedOn: string;
  endedOn: string | null;
}
/** A contact made, or a place reserved for one, by anybody on any channel. */
export interface Touch {
  channel: Channel;
  happenedAt: number;
  /** Delivered or answered; unknown counts as reached. */
  reached: boolean;
  /** The person was spoken with. */
  conversation: boolean;
}

/** What is known of one person; the relations of `RuleTables`, for one customer. */
export interface Facts {
  /** Holds an account, or is a party of one marked contactable. */
  addressable: boolean;
  /** Most days past due of any account, each at its own newest balances; null when unknown. */
  daysPastDue: number | null;
  permissions: readonly Permission[];
  points: readonly Point[];
  flags: readonly Flag[];
  touches: readonly Touch[];
  offsets: readonly ZoneOffset[];
}

/**
 * Where a rule's statement finds its rows, as relations:
 * readings(assignment_id, customer_id, channel, rule_set, zone, planned_at, local_at, local_date, weekday, minute),
 * permissions(customer_id, channel, basis, granted_at, revoked_at), points(customer_id, channel, valid),
 * flags(customer_id, kind, started_on, ended_on),
 * touches(customer_id, channel, happened_at, reached, conversation), offsets(zone, from_utc, to_utc, seconds),
 * addressable(customer_id) once or more for each person who may be, standing(customer_id, days_past_due) with one row a person.
 */
export interface RuleTables {
  addressable: Sql;
  standing: Sql;
  readings: Sql;
  permissions: Sql;
  points: Sql;
  flags: Sql;
  touches: Sql;
  offsets: Sql;
}

/**
 * A kind of contact rule. One file of `rules/` is one kind; its id is its file name. `exclude` and `excludes`
 * give equal answers: one for a whole batch in the engine, one for a person here.
 */
export interface RuleKind<P = unknown> {
  /** `name` is the rule's; `title` is why whoever fails it is kept back. */
  text: { name: Text; title: Text; summary: Text };
  parameters: z.ZodType<P>;
  /** Place in the stated order: of several failures the lowest is the reason given. */
  order: number;
  /** hours: only the clock and the calendar decide, so a lawful time can be searched for. */
  judges: 'person' | 'hours' | 'history';
  /** Canonical tables without which it cannot judge; it is then left out, by name. */
  needs: readonly string[];
  /** Days around the planned instant whose contacts it looks at. */
  horizonDays(parameters: P): number;
  /** SELECT assignment_id, clause: each clause that an assignment fails, once or more. */
  exclude(dialect: Dialect, tables: RuleTables, clauses: readonly Clause<P>[]): Sql;
  /** Whether one reading fails one clause. */
  excludes(reading: Reading, facts: Facts, parameters: P): boolean;
  /** Minute of the local day at which a lawful reading stops being so; null when no limit applies. */
  closesAt?(reading: Reading, parameters: P): number | null;
  /** Minutes of the local day at which it may begin or cease to allow a message, besides midnight. */
  edges?(parameters: P): readonly number[];
}

/** Gives a rule kind its parameter type where it is written and hides it where kinds are kept together. */
export const ruleKind = <P>(kind: RuleKind<P>): RuleKind => kind as unknown as RuleKind;

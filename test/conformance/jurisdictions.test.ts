import { describe, expect, it } from 'vitest';
import { type RuleKind, ruleStatuses } from '#core/contact/rule.ts';
import { numberClauses, type RuleSet, ruleSetsFor } from '#core/contact/rule-set.ts';
import { isZone } from '#core/contact/time/zone-offsets.ts';
import { discover } from '#server/registry.ts';

const kinds = await discover<RuleKind>('core/contact/rules');
const found = await discover<RuleSet>('core/contact/jurisdictions');
const sets = [...found.values()];

it('finds the rule sets promised', () => {
  const countries = sets.map((set) => set.jurisdiction);
  for (const country of ['US', 'GB', 'ES', 'EU', 'CO', 'MX', 'CL', 'PE', 'BR', 'AR', 'AU', null])
    expect(countries).toContain(country);
});

describe.each([...found])('rule set %s', (file, set) => {
  it('is named by its id, with text in both languages', () => {
    expect(file.startsWith(set.id.toLowerCase())).toBe(true);
    for (const text of [set.text.title, set.text.summary])
      for (const words of [text.es, text.en]) expect(words).toMatch(/\S{2,}/);
  });

  it('has dates in order and one version in force at a time', () => {
    expect(set.effectiveFrom).toMatch(/^\d{4}-\d\d-\d\d$/);
    if (set.effectiveTo) expect(set.effectiveTo > set.effectiveFrom).toBe(true);
    const rivals = sets.filter((other) => other !== set && other.id === set.id);
    for (const other of rivals)
      expect(
        (other.effectiveTo ?? '9999') < set.effectiveFrom ||
          (set.effectiveTo ?? '9999') < other.effectiveFrom,
      ).toBe(true);
  });

  it('names zones that exist, and regions inside the country', () => {
    if (set.jurisdiction && !set.overlay) expect(set.zones.length).toBeGreaterThan(0);
    for (const zone of [...set.zones, ...Object.values(set.regions).flat()])
      expect([zone, isZone(zone)]).toEqual([zone, true]);
    for (const region of Object.keys(set.regions))
      expect(region).toMatch(new RegExp(`^${set.jurisdiction}-[A-Z0-9]{1,3}$`));
  });

  it('gives every rule valid numbers, a status and a source; house rules call themselves so', () => {
    expect(() => numberClauses([[set]], kinds, 1)).not.toThrow();
    for (const use of set.uses) {
      expect(ruleStatuses).toContain(use.status);
      expect(use.source.length).toBeGreaterThan(3);
      expect((use.source === 'Ensayo') === (use.status === 'house')).toBe(true);
      if (use.note) expect([use.note.es, use.note.en].every((words) => words.length > 10)).toBe(true);
    }
  });

  it('protects everywhere: opt-outs, flags, a basis for the channel, hours and a cap', () => {
    if (set.overlay) return;
    const rules = new Set(set.uses.map((use) => use.rule));
    for (const rule of [
      'account-party',
      'opt-out',
      'flag-block',
      'permission',
      'contact-hours',
      'frequency-cap',
    ])
      expect(rules).toContain(rule);
  });

  it('governs its country on the day it begins and not the day before', () => {
    if (set.overlay) {
      expect(ruleSetsFor(sets, 'ES-CN', '2026-01-01', false)).toContain(set);
      return expect(ruleSetsFor(sets, 'FR', '2026-01-01', false)).toEqual([]);
    }
    if (!set.jurisdiction) return expect(ruleSetsFor(sets, 'TW', '2026-01-01', true)).toEqual([set]);
    expect(ruleSetsFor(sets, set.jurisdiction, set.effectiveFrom, false)).toContain(set);
    const eve = new Date(Date.parse(set.effectiveFrom) - 86_400_000).toISOString().slice(0, 10);
    expect(ruleSetsFor(sets, set.jurisdiction, eve, false)).not.toContain(set);
  });
});

it('joins a country’s rules with a region’s: every rule of both must be met', () => {
  const country = sets.find((set) => set.id === 'US-REGF') as RuleSet;
  const region: RuleSet = { ...country, id: 'US-MA', jurisdiction: 'US-MA' };
  const both = ruleSetsFor([country, region], 'US-MA', '2026-01-01', false);
  expect(both.map((set) => set.id)).toEqual(['US-MA', 'US-REGF']);
  expect(numberClauses([both], kinds, 1)).toHaveLength(country.uses.length * 2);
});

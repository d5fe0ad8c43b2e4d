import { placeRules } from '#core/contact/plan.ts';
import type { RuleKind } from '#core/contact/rule.ts';
import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import type { Text } from '#core/text/text.ts';
import type { Context } from '../context.ts';
import { handle } from '../http/handle.ts';
import { upliftQuestionOf } from '../jobs/uplift/read.ts';
import { writeAudit } from '../store/audit.ts';
import { newestChannelRun, readChannelPeople, readChoices } from '../store/models/channel-choices.ts';
import { storeChoices } from '../store/models/channel-scores.ts';
import { readVersion } from '../store/models/models.ts';
import { instant } from '../store/workspace.ts';

const titleOf =
  ({ registry }: Context) =>
  (rule: string): Text =>
    (registry.rules.get(rule) as unknown as RuleKind | undefined)?.text.title ??
    placeRules[rule as keyof typeof placeRules] ?? { es: rule, en: rule };

/** @throws not_found, uplift_not_a_version */
async function requireUplift(context: Context, versionId: string): Promise<void> {
  const { model } = await readVersion(context.engine, versionId);
  upliftQuestionOf(context, model, versionId);
}

export const handlers = [
  handle(contract.channels.get, async ({ context, input }) => {
    const { versionId } = input.params;
    await requireUplift(context, versionId);
    return { choices: await readChoices(context.engine, versionId, titleOf(context)) };
  }),
  handle(contract.channels.setInputs, async ({ context, principal, input }) => {
    const { versionId } = input.params;
    await requireUplift(context, versionId);
    return context.engine.transaction(async (session) => {
      const run = await newestChannelRun(session, versionId);
      if (!run) throw new DomainError('uplift_scores_missing', { versionId });
      await storeChoices(session, run, input.body);
      await writeAudit(session, {
        at: instant(context.now()),
        by: principal.id,
        action: 'channels.inputs',
        subject: versionId,
        details: { asOf: run.asOf },
      });
      const choices = await readChoices(session, versionId, titleOf(context));
      return { choices: choices! };
    });
  }),
  handle(contract.channels.people, async ({ context, input }) => {
    const { versionId } = input.params;
    await requireUplift(context, versionId);
    const run = await newestChannelRun(context.engine, versionId);
    if (!run) throw new DomainError('uplift_scores_missing', { versionId });
    return readChannelPeople(context.engine, run, input.query);
  }),
];

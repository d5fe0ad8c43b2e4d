import { contract } from '#core/contract/index.ts';
import { explanation } from '#core/contract/models/explaining.ts';
import { handle } from '../http/handle.ts';
import { explainAccount, explainChanges } from '../jobs/explaining/explain.ts';
import { explainable } from '../jobs/explaining/version.ts';
import type { ExplainInput } from '../jobs/kinds/explain.ts';
import { readVersion } from '../store/models/models.ts';
import { readReport } from '../store/portfolio/reports.ts';

export const handlers = [
  handle(contract.explanations.get, async ({ context, input }) => {
    const { id } = await readVersion(context.engine, input.params.versionId);
    const kept = await readReport(context.engine, 'explanation', id, explanation);
    return {
      explanation: kept?.report ?? null,
      madeAt: kept?.madeAt ?? null,
      current: kept?.current ?? false,
    };
  }),
  handle(contract.explanations.make, async ({ context, input, submit }) => {
    const { version } = await explainable(context, input.params.versionId);
    return submit('explain', { versionId: version.id } satisfies ExplainInput);
  }),
  handle(contract.explanations.person, ({ context, input }) =>
    explainAccount(context, input.params.versionId, input.query),
  ),
  handle(contract.explanations.changes, ({ context, input }) =>
    explainChanges(context, input.params.versionId, input.query),
  ),
];

import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { showSql } from '#core/sql/show.ts';
import { restoreModel } from '#models/training/trained.ts';
import { handle } from '../http/handle.ts';
import { wholeTable } from '../http/whole-table.ts';
import type { TrainInput } from '../jobs/kinds/train.ts';
import { matrixOf } from '../jobs/training/again.ts';
import { learnersAsked } from '../jobs/training/asked.ts';
import { learnerOf, questionOf, readParameters } from '../jobs/training/plan.ts';
import { readRegistered, readRegisteredVersion } from '../store/models/model-states.ts';
import { readSavedVersion, readVersion } from '../store/models/models.ts';
import { workspaceToday } from '../store/workspace.ts';

export const handlers = [
  handle(contract.models.train, async ({ context, input, submit }) => {
    const { body, params } = input;
    const { parameters, kind = 'probability' } = questionOf(context.registry, params.model);
    readParameters(parameters, body.question, 'question');
    learnersAsked(context.registry, body);
    const job = kind === 'probability' ? 'train' : `train-${kind}`;
    return submit(job, { ...body, model: params.model } satisfies TrainInput);
  }),
  handle(contract.models.list, async ({ context }) => ({
    versions: await readRegistered(context.engine, await workspaceToday(context)),
  })),
  handle(contract.models.get, async ({ context, input }) =>
    readRegisteredVersion(context.engine, input.params.versionId, await workspaceToday(context)),
  ),
  handle(contract.models.sql, async ({ context, input }) => {
    const { versionId } = input.params;
    const { engine, registry } = context;
    const { learner, model: asked } = await readVersion(engine, versionId);
    const { model } = await readSavedVersion(engine, versionId);
    const { kind = 'probability' } = questionOf(registry, asked);
    const expression =
      kind === 'probability'
        ? restoreModel(learnerOf(registry, learner), model).toSql?.(engine.dialect)
        : null;
    if (!expression) throw new DomainError('model_without_sql', { learner });
    return { sql: showSql(expression) };
  }),
  handle(contract.models.matrix, async ({ context, input }) => {
    const { versionId } = input.params;
    const statement = await matrixOf(context, versionId);
    return wholeTable(context.engine, statement, `${versionId.slice(0, 12)}-matrix`, input.query.format);
  }),
];

import { contract } from '#core/contract/index.ts';
import type { RegisteredVersion } from '#core/contract/models/models.ts';
import type { Session } from '../engine/engine.ts';
import { type Call, handle } from '../http/handle.ts';
import { writeAudit } from '../store/audit.ts';
import {
  approveVersion,
  challengeVersion,
  type Decision,
  explainColumns,
  readRegisteredVersion,
  reinstateVersion,
  retireVersion,
} from '../store/models/model-states.ts';
import { instant, workspaceToday } from '../store/workspace.ts';

type Deciding = Pick<Call<never>, 'context' | 'principal'> & {
  input: { params: { versionId: string }; body: { name: string; note?: string } };
};

/** Takes a decision over a version in one transaction, with its trace in the audit log. */
async function decide(
  { context, principal, input }: Deciding,
  action: string,
  apply: (session: Session, id: string, decision: Decision) => Promise<RegisteredVersion>,
): Promise<RegisteredVersion> {
  const { versionId } = input.params;
  const at = instant(context.now());
  const today = await workspaceToday(context);
  const { name, note = '' } = input.body;
  return context.engine.transaction(async (session) => {
    const version = await apply(session, versionId, { by: principal.id, name, note, at, today });
    const details = { model: version.model, state: version.state };
    await writeAudit(session, { at, by: principal.id, action, subject: versionId, details });
    return version;
  });
}

export const handlers = [
  handle(contract.models.approve, (call) => decide(call, 'model.approved', approveVersion)),
  handle(contract.versionStates.challenge, (call) => decide(call, 'model.challenger', challengeVersion)),
  handle(contract.versionStates.retire, (call) => decide(call, 'model.retired', retireVersion)),
  handle(contract.versionStates.reinstate, (call) => decide(call, 'model.reinstated', reinstateVersion)),
  handle(contract.versionStates.explain, (call) =>
    decide(call, 'model.explained', async (session, id, { today }) => {
      await explainColumns(session, id, call.input.body.reasons);
      return readRegisteredVersion(session, id, today);
    }),
  ),
];

import { contract } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { handle } from '../http/handle.ts';
import { checkAddress } from '../jobs/loading/request.ts';

export const handlers = [
  handle(contract.analyses.create, ({ context, principal, input, submit }) => {
    const { file, dataset } = input.body;
    const needed = file === undefined ? 'portfolio:read' : 'portfolio:load';
    if (!principal.permissions.includes(needed)) throw new DomainError('forbidden', { permission: needed });
    if ((file === undefined) === (dataset === undefined))
      throw new DomainError('analysis_source', {
        given: [file ?? [], dataset ?? []].flat().join(', ') || '–',
      });
    for (const one of [file ?? []].flat()) checkAddress(context, one);
    return submit('analyse', { ...input.body, personal: principal.permissions.includes('personal:read') });
  }),
];

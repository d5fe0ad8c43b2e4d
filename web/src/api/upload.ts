import { addressOf, type CallInput, RemoteError, type RemoteProblem } from '#core/contract/client.ts';
import type { Endpoint } from '#core/contract/endpoint.ts';
import { contract } from '#core/contract/index.ts';

export interface Uploaded {
  name: string;
  bytes: number;
  sha256: string;
}

/** Sends a file as it is read, never whole in memory, and says how far it is. */
export function upload(
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Uploaded> {
  const endpoint = contract.loads.upload as unknown as Endpoint;
  return sendFile<Uploaded>(endpoint, { params: { name: file.name } }, file, onProgress, signal);
}

/** Sends a file to an endpoint that takes one, and gives what it answers. */
export function sendFile<Answer>(
  endpoint: Endpoint,
  input: CallInput,
  file: File,
  onProgress: (share: number) => void,
  signal: AbortSignal,
): Promise<Answer> {
  const request = new XMLHttpRequest();
  const ended = new Promise<Answer>((resolve, reject) => listen(request, file, resolve, reject));
  request.open(endpoint.method, addressOf(endpoint, input));
  request.setRequestHeader('x-ensayo', '1');
  request.setRequestHeader('content-type', 'application/octet-stream');
  request.responseType = 'json';
  request.upload.addEventListener('progress', (event) => onProgress(event.loaded / Math.max(event.total, 1)));
  signal.addEventListener('abort', () => request.abort());
  request.send(file);
  return ended;
}

function listen<Answer>(
  request: XMLHttpRequest,
  file: File,
  resolve: (answer: Answer) => void,
  reject: (error: Error) => void,
): void {
  request.addEventListener('load', () => {
    if (request.status < 300) resolve(request.response as Answer);
    else reject(new RemoteError(asProblem(request)));
  });
  request.addEventListener('error', () => {
    const details = { url: location.origin, reason: file.name };
    reject(new RemoteError({ status: 503, code: 'server_unreachable', detail: '', fix: '', details }));
  });
  request.addEventListener('abort', () => reject(new DOMException('aborted', 'AbortError')));
}

function asProblem(request: XMLHttpRequest): RemoteProblem {
  const body = request.response as RemoteProblem | null;
  return body && 'code' in body
    ? body
    : {
        status: request.status,
        code: 'internal',
        detail: request.statusText,
        fix: '',
        details: { reference: request.statusText },
      };
}

import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import express, { type ErrorRequestHandler, type Express } from 'express';
import { v4 as uuidv4 } from 'uuid';
import { basePath } from '#core/contract/index.ts';
import { DomainError } from '#core/errors/domain-error.ts';
import { home } from './config.ts';
import type { Context } from './context.ts';
import type { Handler } from './http/handle.ts';
import { fromHttp, toProblem } from './http/problem.ts';
import { expressPath, route } from './http/route.ts';
import { loopbackOnly, strictPolicy } from './http/security.ts';

const maxBodyBytes = 4_000_000;

/** Every handler of `server/routes/`. */
export async function readHandlers(): Promise<Handler[]> {
  const folder = join(home, 'server/routes');
  const files = readdirSync(folder).filter((name) => name.endsWith('.ts'));
  const modules = await Promise.all(files.map((file) => import(pathToFileURL(join(folder, file)).href)));
  return modules.flatMap((module: { handlers?: Handler[] }) => module.handlers ?? []);
}

/** The server as a function of requests; listening is another matter. */
export async function buildApp(context: Context): Promise<Express> {
  const app = express();
  app.disable('x-powered-by');
  app.use(strictPolicy, loopbackOnly, logged(context));
  const json = express.json({ limit: maxBodyBytes });
  for (const handler of await readHandlers()) {
    const { endpoint } = handler;
    const method = endpoint.method.toLowerCase() as 'get' | 'post' | 'put' | 'patch' | 'delete';
    const before = endpoint.kind === 'upload' ? [] : [json];
    app[method](basePath + expressPath(endpoint.path), ...before, route(context, handler));
  }
  app.use(basePath, (request) => {
    throw new DomainError('not_found', {
      kind: 'endpoint',
      id: `${request.method} ${basePath}${request.path}`,
    });
  });
  servePage(app);
  app.use(answerProblem(context));
  return app;
}

function servePage(app: Express): void {
  const folder = join(home, 'web/dist');
  app.use('/assets', express.static(join(folder, 'assets'), { immutable: true, maxAge: '1y' }));
  app.use(express.static(folder, { index: false }));
  app.use((_request, response, next) => {
    const page = join(folder, 'index.html');
    if (existsSync(page))
      response.sendFile('index.html', { root: folder, headers: { 'cache-control': 'no-cache' } });
    else next(new DomainError('not_found', { kind: 'page', id: 'web/dist/index.html (npm run build)' }));
  });
}

/** The path as the contract writes it, without a value such as a person’s identifier. */
const pathOf = (request: express.Request): string => (request.route ? String(request.route.path) : '–');

/** Method, path, status and time: never a body. */
const logged =
  (context: Context): express.RequestHandler =>
  (request, response, next) => {
    const began = performance.now();
    response.on('finish', () => {
      const ms = Math.round(performance.now() - began);
      context.log.info({ method: request.method, path: pathOf(request), status: response.statusCode, ms });
    });
    next();
  };

const answerProblem =
  (context: Context): ErrorRequestHandler =>
  (error: unknown, request, response, next) => {
    if (response.headersSent) return next(error);
    let known = error instanceof DomainError ? error : fromHttp(error, maxBodyBytes);
    if (!known) {
      const reference = uuidv4();
      context.log.error({ err: error, reference, path: pathOf(request) });
      known = new DomainError('internal', { reference });
    }
    const problem = toProblem(known);
    response.status(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  };

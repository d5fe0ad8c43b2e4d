import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { DomainError } from '#core/errors/domain-error.ts';

/** Nothing from elsewhere, nothing inline: scripts, styles, pictures and fonts come from this server only. */
export const strictPolicy = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: {
      'default-src': ["'self'"],
      'script-src': ["'self'"],
      'style-src': ["'self'"],
      'img-src': ["'self'", 'data:'],
      'object-src': ["'none'"],
      'base-uri': ["'none'"],
      'frame-ancestors': ["'none'"],
      'form-action': ["'self'"],
    },
  },
  crossOriginEmbedderPolicy: false,
  strictTransportSecurity: false,
});

const loopbackHost = /^(localhost|127\.\d+\.\d+\.\d+|\[::1\])(:\d+)?$/;

/** Refuses a page elsewhere whose name was pointed at this machine (DNS rebinding). */
export const loopbackOnly: RequestHandler = (request, _response, next) => {
  const host = request.headers.host ?? '';
  next(loopbackHost.test(host) ? undefined : new DomainError('cross_site', { origin: host }));
};

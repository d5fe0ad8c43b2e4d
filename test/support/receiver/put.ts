import { sql } from '#core/sql/sql.ts';
import type { Context } from '#server/context.ts';
import { secretOptions } from '#server/jobs/delivering/resolve.ts';
import { destinationNamed } from '#server/jobs/exporting.ts';
import { sealSecret } from '#server/store/secrets.ts';
import { instant } from '#server/store/workspace.ts';

/** A destination as the page would set it up. */
export async function putDestination(
  context: Context,
  id: string,
  kind: string,
  options: Record<string, unknown>,
): Promise<void> {
  const destination = destinationNamed(context, kind);
  const secret = secretOptions(destination);
  const open = Object.fromEntries(Object.entries(options).filter(([name]) => !secret.includes(name)));
  const sealed = Object.fromEntries(
    secret
      .filter((name) => name in options)
      .map((name) => [name, sealSecret(context, String(options[name]))]),
  );
  const at = instant(context.now());
  await context.engine.run(sql`INSERT INTO destinations VALUES (${id}, ${id}, ${kind}, ${JSON.stringify(open)}, ${JSON.stringify(sealed)},
    false, ${destination.personal(destination.options.parse(options))}, 1, NULL, NULL, ${at}, ${at}, NULL, 'owner')`);
}

// Makes a constant of each dashboard, so that the compiler says what does not fit Grafana's types.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';

const dashboards = new URL('../../docker/grafana/dashboards/', import.meta.url);
const generated = new URL('generated/', import.meta.url);

rmSync(generated, { recursive: true, force: true });
mkdirSync(generated);
for (const name of readdirSync(dashboards).filter((file) => file.endsWith('.json'))) {
  const json = readFileSync(new URL(name, dashboards), 'utf8').trim();
  writeFileSync(
    new URL(name.replace('.json', '.ts'), generated),
    `import type { CheckedDashboard } from '../types.js';\n\nexport const dashboard: CheckedDashboard = ${json};\n`,
  );
}

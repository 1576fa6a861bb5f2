import { absoluteName, indexOf } from "./module-index.ts";
import type { ModuleHost, SourceModule } from "./source-module.ts";

/** Whether an import path may be there, going by the source at hand: false only where it certainly is not. */
export function mayImport(host: ModuleHost, path: string): boolean {
  if (host.find(path)) return true;
  const dot = path.lastIndexOf(".");
  const module = dot < 0 ? null : host.find(path.slice(0, dot));
  return module !== null && mayBind(host, { module, name: path.slice(dot + 1), seen: new Set() });
}

/** What gives a module names that no statement binds. */
const BINDS_UNSEEN = /\b(?:globals|locals|vars|exec)\(|\b__getattr__\b|\bsys\.modules\b/;

interface Asked {
  readonly module: SourceModule;
  readonly name: string;
  readonly seen: Set<SourceModule>;
}

function mayBind(host: ModuleHost, { module, name, seen }: Asked): boolean {
  if (seen.has(module)) return false;
  seen.add(module);
  const { bindings, stars } = indexOf(module);
  if (bindings.has(name) || module.parsed().problem || BINDS_UNSEEN.test(module.text)) return true;
  return stars.some((stmt) => {
    const source = host.find(absoluteName(module, stmt));
    return source === null || mayBind(host, { module: source, name, seen });
  });
}

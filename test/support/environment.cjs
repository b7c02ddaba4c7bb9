const vm = require('node:vm');
const { ModuleMocker } = require('jest-mock');

/**
 * The tests run in plain Node instead of a sandbox for each file: the server's modules are loaded once in a process
 * (runtime.cjs) and are warm for all that follow, and `instanceof` means the same on both sides.
 */
module.exports = class PlainNode {
  global = globalThis;
  moduleMocker = new ModuleMocker(globalThis);
  sharesModules = true;

  setup() {}

  /** Nothing that a file spied on stays so for the next; jest wraps `exit` for each. */
  teardown() {
    this.moduleMocker.restoreAllMocks();
    process.exit = exit;
  }

  exportConditions() {
    return ['node', 'node-addons'];
  }

  getVmContext() {
    return NO_SANDBOX;
  }
};

const { exit } = process;
/** jest asks for a sandbox to compile in: whoever is told this one compiles in none. */
const NO_SANDBOX = vm.createContext();
const { compileFunction } = vm;
vm.compileFunction = (code, parameters, options) =>
  compileFunction(
    code,
    parameters,
    options?.parsingContext === NO_SANDBOX ? { ...options, parsingContext: undefined } : options,
  );

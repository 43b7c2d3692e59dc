import { globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import ts from 'typescript'

/** A place in the source where a fault is made. Texts as the reader gets them; what depends on the input is "…". */
export interface MadeFault {
  readonly code: string
  /** Path and line, from the root of the checkout. */
  readonly place: string
  readonly what: readonly string[]
  readonly mend: readonly string[]
}

/** Which argument of a call is the code, what is wrong and how to mend it. */
interface Roles {
  readonly code: number
  readonly what: ts.Expression | number | undefined
  readonly mend: ts.Expression | number | undefined
}

const CODE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/
const CLASSES: Readonly<Record<string, Roles>> = {
  Fault: { code: 0, what: 2, mend: 3 },
  Hl7Fault: { code: 0, what: 3, mend: 4 },
  LineFault: { code: 0, what: 3, mend: 4 },
}

type Named = ts.FunctionDeclaration | ts.MethodDeclaration | ts.ArrowFunction | ts.FunctionExpression

/**
 * Every fault that the sources make: `new Fault`, classes that extend it, functions that are given a code and make one, and
 * objects with a code and what to say, from which a fault is made elsewhere. Read from the syntax, not run.
 */
export function madeFaults(root: string): readonly MadeFault[] {
  const files = globSync('src/**/*.ts', { cwd: root })
    .filter((file) => !file.endsWith('.test.ts'))
    .sort()
    .map((file) =>
      ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest, true),
    )
  const makers = makersOf(files)
  const found: MadeFault[] = []
  for (const file of files) {
    const constants = constantsOf(file)
    const near = makersNear(file, makers)
    const add = (node: ts.Node, code: ts.Expression | undefined, what: Told, mend: Told) => {
      for (const text of code === undefined ? [] : textsOf(code, constants))
        if (CODE.test(text))
          found.push({
            code: text,
            place: `${file.fileName}:${file.getLineAndCharacterOfPosition(node.getStart()).line + 1}`,
            what: told(what, constants),
            mend: told(mend, constants),
          })
    }
    visit(file, (node) => {
      const call = callOf(node)
      if (call !== undefined) {
        const roles = CLASSES[call.name] ?? near.get(call.name)
        if (roles !== undefined)
          add(node, call.args[roles.code], given(roles.what, call.args), given(roles.mend, call.args))
      } else if (ts.isObjectLiteralExpression(node)) {
        const part = (name: string) => propertyOf(node, name)
        if (part('what') !== undefined || part('mend') !== undefined)
          add(node, part('code'), part('what'), part('mend'))
      }
    })
  }
  return found
}

type Told = ts.Expression | undefined
const given = (role: Roles['what'], args: readonly ts.Expression[]): Told =>
  typeof role === 'number' ? args[role] : role

function told(expression: Told, constants: Constants): readonly string[] {
  return expression === undefined ? [] : textsOf(expression, constants).filter((text) => /[a-z]/i.test(text))
}

/** `new Fault(…)`, `super(…)` of a class of faults, or a call of a named function or method. */
function callOf(
  node: ts.Node,
): { readonly name: string; readonly args: readonly ts.Expression[] } | undefined {
  if (ts.isNewExpression(node) && ts.isIdentifier(node.expression))
    return { name: node.expression.text, args: node.arguments ?? [] }
  if (!ts.isCallExpression(node)) return undefined
  const { expression } = node
  if (expression.kind === ts.SyntaxKind.SuperKeyword) {
    const parent = parentClass(node)
    return parent === undefined ? undefined : { name: parent, args: node.arguments }
  }
  if (ts.isIdentifier(expression)) return { name: expression.text, args: node.arguments }
  return ts.isPropertyAccessExpression(expression)
    ? { name: expression.name.text, args: node.arguments }
    : undefined
}

function parentClass(node: ts.Node): string | undefined {
  for (let at: ts.Node | undefined = node; at !== undefined; at = at.parent)
    if (ts.isClassLike(at)) return at.heritageClauses?.[0]?.types[0]?.expression.getText()
  return undefined
}

/**
 * Functions that make a fault of a code they are given, by file and name. A maker may call a maker, so the search is repeated
 * until nothing is new.
 */
function makersOf(files: readonly ts.SourceFile[]): ReadonlyMap<string, ReadonlyMap<string, Roles>> {
  const makers = new Map(files.map((file) => [file.fileName, new Map<string, Roles>()]))
  for (let grown = true; grown; ) {
    grown = false
    for (const file of files) {
      const own = makers.get(file.fileName)!
      const near = makersNear(file, makers)
      visit(file, (node) => {
        const call = callOf(node)
        const roles = call === undefined ? undefined : (CLASSES[call.name] ?? near.get(call.name))
        const code = call === undefined || roles === undefined ? undefined : call.args[roles.code]
        if (call === undefined || roles === undefined || code === undefined || !ts.isIdentifier(code)) return
        const maker = functionAround(node)
        if (maker === undefined || own.has(maker.name)) return
        const place = parameterOf(maker.function, code)
        if (place === undefined) return
        const role = (of: Roles['what']) => {
          const expression = given(of, call.args)
          return expression === undefined
            ? undefined
            : ((ts.isIdentifier(expression) ? parameterOf(maker.function, expression) : undefined) ??
                expression)
        }
        own.set(maker.name, { code: place, what: role(roles.what), mend: role(roles.mend) })
        grown = true
      })
    }
  }
  return makers
}

/** The makers that a file can call: its own and those it imports. */
function makersNear(
  file: ts.SourceFile,
  makers: ReadonlyMap<string, ReadonlyMap<string, Roles>>,
): ReadonlyMap<string, Roles> {
  const near = new Map(makers.get(file.fileName))
  for (const statement of file.statements) {
    if (!ts.isImportDeclaration(statement) || !ts.isStringLiteral(statement.moduleSpecifier)) continue
    const from = makers.get(join(dirname(file.fileName), statement.moduleSpecifier.text))
    const names = statement.importClause?.namedBindings
    if (from === undefined || names === undefined || !ts.isNamedImports(names)) continue
    for (const { name, propertyName } of names.elements) {
      const maker = from.get((propertyName ?? name).text)
      if (maker !== undefined) near.set(name.text, maker)
    }
  }
  return near
}

function functionAround(node: ts.Node): { readonly name: string; readonly function: Named } | undefined {
  for (let at = node.parent; at !== undefined; at = at.parent) {
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at))
      return at.name === undefined ? undefined : { name: at.name.getText(), function: at }
    if (ts.isArrowFunction(at) || ts.isFunctionExpression(at)) {
      const { parent } = at
      if (ts.isVariableDeclaration(parent) && ts.isIdentifier(parent.name))
        return { name: parent.name.text, function: at }
    }
  }
  return undefined
}

function parameterOf(maker: Named, { text }: ts.Identifier): number | undefined {
  const place = maker.parameters.findIndex(({ name }) => ts.isIdentifier(name) && name.text === text)
  return place < 0 ? undefined : place
}

function propertyOf(object: ts.ObjectLiteralExpression, name: string): ts.Expression | undefined {
  for (const property of object.properties)
    if (ts.isPropertyAssignment(property) && property.name.getText() === name) return property.initializer
  return undefined
}

type Constants = ReadonlyMap<string, ts.Expression>

/** Constants of a file that are text. */
function constantsOf(file: ts.SourceFile): Constants {
  const constants = new Map<string, ts.Expression>()
  for (const statement of file.statements)
    if (ts.isVariableStatement(statement))
      for (const { name, initializer } of statement.declarationList.declarations)
        if (ts.isIdentifier(name) && initializer !== undefined && ts.isStringLiteralLike(initializer))
          constants.set(name.text, initializer)
  return constants
}

/** Every text that an expression may be: both sides of a choice, and "…" for what only the run knows. */
function textsOf(expression: ts.Expression, constants: Constants): readonly string[] {
  if (ts.isStringLiteralLike(expression)) return [expression.text]
  if (ts.isParenthesizedExpression(expression)) return textsOf(expression.expression, constants)
  if (ts.isConditionalExpression(expression))
    return [...textsOf(expression.whenTrue, constants), ...textsOf(expression.whenFalse, constants)]
  if (ts.isBinaryExpression(expression)) {
    const right = textsOf(expression.right, constants)
    const left = textsOf(expression.left, constants)
    return expression.operatorToken.kind === ts.SyntaxKind.PlusToken
      ? left.flatMap((a) => right.map((b) => `${a}${b}`))
      : [...left, ...right]
  }
  if (ts.isTemplateExpression(expression))
    return [
      expression.head.text +
        expression.templateSpans
          .map((span) => {
            const [only, ...others] = textsOf(span.expression, constants)
            return `${others.length === 0 ? only : '…'}${span.literal.text}`
          })
          .join(''),
    ]
  const constant = ts.isIdentifier(expression) ? constants.get(expression.text) : undefined
  return constant === undefined ? ['…'] : textsOf(constant, constants)
}

function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node)
  ts.forEachChild(node, (child) => visit(child, see))
}

package io.jenkins.plugins.drbdocfs2.runner.engine;

import java.util.ListIterator;
import org.codehaus.groovy.ast.ClassNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.stmt.AssertStatement;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.classgen.GeneratorContext;
import org.codehaus.groovy.control.CompilePhase;
import org.codehaus.groovy.control.SourceUnit;
import org.codehaus.groovy.control.customizers.CompilationCustomizer;

/** Evaluates the assertions of a script, but ignores their results: without nodes they cannot be true. */
final class AssertsUntested extends CompilationCustomizer {
    AssertsUntested() {
        super(CompilePhase.CONVERSION);
    }

    @Override
    public void call(SourceUnit source, GeneratorContext context, ClassNode type) {
        CodeVisitorSupport visitor = new CodeVisitorSupport() {
            @Override
            public void visitBlockStatement(BlockStatement block) {
                ListIterator<Statement> statements = block.getStatements().listIterator();
                while (statements.hasNext()) {
                    if (statements.next() instanceof AssertStatement asserted) {
                        statements.set(new ExpressionStatement(
                                asserted.getBooleanExpression().getExpression()));
                    }
                }
                super.visitBlockStatement(block);
            }
        };
        for (MethodNode method : type.getMethods()) {
            method.getCode().visit(visitor);
        }
        source.getAST().getStatementBlock().visit(visitor);
    }
}

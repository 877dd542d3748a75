package io.assay.app.serve;

import io.assay.sql.ServedStatement;
import java.util.function.Supplier;
import org.apache.spark.sql.catalyst.FunctionIdentifier;
import org.apache.spark.sql.catalyst.TableIdentifier;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.parser.ParserInterface;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * The parser of a session that is served: every text passes here first. A statement becomes what
 * {@link ServedTables} makes of it, so what reaches Spark names no table and no path any more.
 */
final class ReadOnlyParser implements ParserInterface {
  private final ParserInterface spark;
  private final Supplier<ServedStatement> statements;
  private final Runnable looking;

  /**
   * @param spark reads texts
   * @param statements says what may be asked now
   * @param looking run before a statement that looks at the list of tables
   */
  ReadOnlyParser(ParserInterface spark, Supplier<ServedStatement> statements, Runnable looking) {
    this.spark = spark;
    this.statements = statements;
    this.looking = looking;
  }

  @Override
  public LogicalPlan parsePlan(String text) throws ParseException {
    return served(spark.parsePlan(text));
  }

  @Override
  public LogicalPlan parseQuery(String text) throws ParseException {
    return served(spark.parseQuery(text));
  }

  private LogicalPlan served(LogicalPlan parsed) {
    if (ServedStatement.looks(parsed)) {
      looking.run();
    }
    return statements.get().of(parsed);
  }

  @Override
  public Expression parseExpression(String text) throws ParseException {
    return spark.parseExpression(text);
  }

  @Override
  public TableIdentifier parseTableIdentifier(String text) throws ParseException {
    return spark.parseTableIdentifier(text);
  }

  @Override
  public FunctionIdentifier parseFunctionIdentifier(String text) throws ParseException {
    return spark.parseFunctionIdentifier(text);
  }

  @Override
  public Seq<String> parseMultipartIdentifier(String text) throws ParseException {
    return spark.parseMultipartIdentifier(text);
  }

  @Override
  public StructType parseTableSchema(String text) throws ParseException {
    return spark.parseTableSchema(text);
  }

  @Override
  public DataType parseDataType(String text) throws ParseException {
    return spark.parseDataType(text);
  }
}

using System.Linq.Expressions;
using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Traceability.Domain.Common;

namespace Traceability.Application.Common;

/// <summary>
/// Searching and sorting of lists that project into a view record by an object initialiser (<c>new View { … }</c>): EF Core
/// can filter and sort such views in the database, which it cannot for views made by a constructor.
/// </summary>
internal static class ListQueries
{
    /// <summary>The escape character of <see cref="QueryExtensions.Like"/>; without it PostgreSQL would be told that there is none.</summary>
    public const string Escape = "\\";

    private static readonly MethodInfo ILike = typeof(NpgsqlDbFunctionsExtensions).GetMethod(nameof(NpgsqlDbFunctionsExtensions.ILike), [typeof(DbFunctions), typeof(string), typeof(string), typeof(string)])!;

    /// <summary>Rows in which one of the columns contains the text, whatever its case; all rows when there is no text.</summary>
    public static IQueryable<T> Matching<T>(this IQueryable<T> rows, string? text, params IEnumerable<Expression<Func<T, string?>>> columns)
    {
        if (text is null) return rows;
        var pattern = Parameterised(QueryExtensions.Like(text));
        var row = Expression.Parameter(typeof(T), "row");
        var any = columns
            .Select(c => (Expression)Expression.Call(ILike, Expression.Constant(EF.Functions), new Replace(c.Parameters[0], row).Visit(c.Body), pattern, Expression.Constant(Escape)))
            .Aggregate(Expression.OrElse);
        return rows.Where(Expression.Lambda<Func<T, bool>>(any, row));
    }

    /// <summary>The page's order: by the view's property of that name (camel case or not), else by the fallback; the id makes it stable.</summary>
    public static IQueryable<T> Sorted<T>(this IQueryable<T> rows, PageRequest page, string fallback, bool fallbackDescending = false)
    {
        var asked = page.Sort is null ? null : SortKey(typeof(T), page.Sort);
        var key = asked ?? SortKey(typeof(T), fallback) ?? throw new ArgumentException($"{typeof(T).Name} has no property {fallback}.", nameof(fallback));
        var descending = asked is null ? fallbackDescending : page.Descending;
        var ordered = Apply(rows.Expression, descending ? nameof(Queryable.OrderByDescending) : nameof(Queryable.OrderBy), key);
        ordered = Apply(ordered, descending ? nameof(Queryable.ThenByDescending) : nameof(Queryable.ThenBy), SortKey(typeof(T), nameof(Entity.Id))!);
        return rows.Provider.CreateQuery<T>(ordered);

        static Expression Apply(Expression source, string method, LambdaExpression by) =>
            Expression.Call(typeof(Queryable), method, [typeof(T), by.ReturnType], source, Expression.Quote(by));
    }

    private static LambdaExpression? SortKey(Type type, string name)
    {
        var property = type.GetProperty(name, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
        if (property is null || !IsScalar(property.PropertyType)) return null;
        var row = Expression.Parameter(type, "row");
        return Expression.Lambda(Expression.Property(row, property), row);
    }

    private static bool IsScalar(Type type)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? type;
        return bare.IsPrimitive || bare.IsEnum || bare == typeof(string) || bare == typeof(decimal) || bare == typeof(DateOnly) || bare == typeof(DateTimeOffset);
    }

    /// <summary>A value EF Core sends as a parameter, so that every search text shares one query plan.</summary>
    private static MemberExpression Parameterised(string value) => Expression.Field(Expression.Constant(new Holder { Value = value }), nameof(Holder.Value));

    private sealed class Holder
    {
        public string Value = "";
    }

    private sealed class Replace(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : base.VisitParameter(node);
    }
}

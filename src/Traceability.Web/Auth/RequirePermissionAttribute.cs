using Microsoft.AspNetCore.Authorization;
using Traceability.Domain.Common;

namespace Traceability.Web.Auth;

/// <summary>Names the permission a page or endpoint asks for. This decides who gets to see it; the use case demands it again.</summary>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
public sealed class RequirePermissionAttribute(Permission permission) : AuthorizeAttribute(PolicyOf(permission))
{
    public Permission Permission { get; } = permission;

    /// <summary>Name of the policy that stands for a permission.</summary>
    public static string PolicyOf(Permission permission) => $"permission:{permission}";
}

public static class RequirePermissionExtensions
{
    /// <summary>The endpoint needs this permission.</summary>
    public static TBuilder RequirePermission<TBuilder>(this TBuilder builder, Permission permission) where TBuilder : IEndpointConventionBuilder =>
        builder.RequireAuthorization(new RequirePermissionAttribute(permission));
}

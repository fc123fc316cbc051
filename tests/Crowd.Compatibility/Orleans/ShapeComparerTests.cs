namespace Crowd.Compatibility.Orleans;

/// <summary>The comparer must see what is wrong: each difference of the fixture, and nothing where there is none.</summary>
public class ShapeComparerTests
{
    private static readonly HashSet<string> Implemented = [nameof(Here.IImplemented)];

    [Theory]
    [InlineData(typeof(Here.Same), typeof(There.Same), null)]
    [InlineData(typeof(Here.Missing), typeof(There.Same), "Missing is not there")]
    [InlineData(typeof(Here.Result), typeof(There.Result), "public System.Threading.Tasks.Task Ask() is not there")]
    [InlineData(typeof(Here.Parameter), typeof(There.Parameter), "public System.Void Take(System.Int64) is not there")]
    [InlineData(typeof(Here.Name), typeof(There.Name), "other parameter names there (theirName)")]
    [InlineData(typeof(Here.Default), typeof(There.Default), "other defaults there (0=2)")]
    [InlineData(typeof(Here.Access), typeof(There.Access), "public System.Void Hide() is not there")]
    [InlineData(typeof(Here.Constraint), typeof(There.Constraint), "is not there")]
    [InlineData(typeof(Here.Kind), typeof(There.Kind), "is a struct here and a class there")]
    [InlineData(typeof(Here.Open), typeof(There.Open), "may be derived from here and not there")]
    [InlineData(typeof(Here.Ancestor), typeof(There.Ancestor), "is no System.IDisposable there")]
    [InlineData(typeof(Here.Number), typeof(There.Number), "Two has another value there")]
    [InlineData(typeof(Here.MarkAttribute), typeof(There.MarkAttribute), "is allowed on other targets there")]
    [InlineData(typeof(Here.IImplemented), typeof(There.IImplemented), "System.Void More() is asked for there and not here")]
    public void A_difference_is_seen(Type our, Type their, string? expected)
    {
        var differences = new ShapeComparer([our], [their], Implemented).Differences().ToList();

        if (expected is null) Assert.Empty(differences);
        else Assert.Contains(differences, difference => difference.Contains(expected, StringComparison.Ordinal));
    }
}

using System.Collections.Immutable;

namespace Crowd.Domain;

/// <summary>What others need to know of a worker to give out work.</summary>
public sealed record WorkerStanding(bool Registered, ImmutableHashSet<string> Qualifications, DateTimeOffset? SuspendedUntil, string? SuspensionReason);

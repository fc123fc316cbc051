namespace Crowd.Domain;

/// <summary>Something that has happened, as it is kept in the log. Fields are only ever added, never renamed or removed.</summary>
public abstract record DomainEvent
{
    private protected DomainEvent() { }
}

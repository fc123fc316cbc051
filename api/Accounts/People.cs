using Crowd.Api.Access;
using Crowd.Api.Hosting;
using Crowd.Domain;
using Crowd.Marketplace.Accounts;

namespace Crowd.Api.Accounts;

/// <summary>Finds people by their e-mail address.</summary>
public static class People
{
    /// <summary>Most characters of an e-mail address.</summary>
    public const int EmailLength = 254;

    /// <summary>The address in the one form in which it is looked up.</summary>
    public static string Normalise(string email)
    {
        var trimmed = email.Trim().ToLowerInvariant();
        var at = trimmed.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at == trimmed.LastIndexOf('@') && at < trimmed.Length - 1 && trimmed.Length <= EmailLength && !trimmed.Any(char.IsWhiteSpace)
            ? trimmed
            : throw Refusals.Invalid("That is not an e-mail address.");
    }

    internal static async Task<PersonRow> ByEmailAsync(string email, Reads reads, CancellationToken cancellationToken) =>
        await FindAsync(email, reads, cancellationToken) ?? throw Refusals.NotFound("person with that e-mail address: they have to sign up first");

    internal static Task<PersonRow?> FindAsync(string email, Reads reads, CancellationToken cancellationToken) =>
        reads.FirstAsync<PersonRow>("select person_id, login, email, name, password_hash from people where login = @login", new { login = Login.Of(Normalise(email)) }, cancellationToken);

    internal static async Task<PersonRow> ByIdAsync(PersonId id, Reads reads, CancellationToken cancellationToken) =>
        await reads.FirstAsync<PersonRow>("select person_id, login, email, name, password_hash from people where person_id = @id", new { id = id.Value }, cancellationToken)
        ?? throw Refusals.NotFound("such person");
}

internal sealed class PersonRow
{
    public string PersonId { get; set; } = "";

    public string Login { get; set; } = "";

    public string Email { get; set; } = "";

    public string Name { get; set; } = "";

    public string PasswordHash { get; set; } = "";

    public PersonId Id => Domain.PersonId.From(PersonId);
}

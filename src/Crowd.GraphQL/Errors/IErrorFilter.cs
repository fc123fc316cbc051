namespace Crowd.GraphQL;

/// <summary>Turns exceptions of resolvers into errors that clients may read. Registered with <c>AddGraphQL(b => b.ErrorFilter(…))</c>.</summary>
public interface IErrorFilter
{
    /// <summary>
    /// Says what the client sees of an exception. Null passes it on to the next filter; an exception that no filter takes
    /// is logged with an id and shown only as an internal error with that id. Called from many threads.
    /// </summary>
    GraphQLException? Translate(Exception exception);
}

namespace Crowd.Compatibility.Orleans;

// Pairs of types that differ in one thing each. They do nothing; only their shapes are looked at.
#pragma warning disable CA1052, CA1801, CA1813, CA1822, CA1051, CA1018, CA1852, CA2217, RCS1102, RCS1163, RCS1155, MA0069, IDE0060

public static class Here
{
    public class Same
    {
        public Same Next(IEnumerable<Same> all, int count = 3) => this;

        protected virtual T Make<T>()
            where T : new() => new();
    }

    public class Missing;

    public class Result
    {
        public Task Ask() => Task.CompletedTask;
    }

    public class Parameter
    {
        public void Take(long value)
        {
        }
    }

    public class Name
    {
        public void Take(int ourName)
        {
        }
    }

    public class Default
    {
        public void Take(int value = 1)
        {
        }
    }

    public class Access
    {
        public void Hide()
        {
        }
    }

    public class Constraint
    {
        public void Take<T>()
            where T : class
        {
        }
    }

    public struct Kind;

    public class Open;

    public sealed class Ancestor : IDisposable
    {
        public void Dispose()
        {
        }
    }

    public enum Number
    {
        One = 1,
        Two = 2,
    }

    [AttributeUsage(AttributeTargets.Class | AttributeTargets.Method)]
    public sealed class MarkAttribute : Attribute;

    public interface IImplemented
    {
        void Once();
    }
}

public static class There
{
    public class Same
    {
        public int More => 1;

        public Same Next(IEnumerable<Same> all, int count = 3) => this;

        protected virtual T Make<T>()
            where T : new() => new();
    }

    public class Result
    {
        public ValueTask Ask() => ValueTask.CompletedTask;
    }

    public class Parameter
    {
        public void Take(int value)
        {
        }
    }

    public class Name
    {
        public void Take(int theirName)
        {
        }
    }

    public class Default
    {
        public void Take(int value = 2)
        {
        }
    }

    public class Access
    {
        protected void Hide()
        {
        }
    }

    public class Constraint
    {
        public void Take<T>()
            where T : struct
        {
        }
    }

    public class Kind;

    public sealed class Open;

    public sealed class Ancestor
    {
        public void Dispose()
        {
        }
    }

    public enum Number
    {
        One = 1,
        Two = 3,
    }

    [AttributeUsage(AttributeTargets.Class)]
    public sealed class MarkAttribute : Attribute;

    public interface IImplemented
    {
        void Once();

        void More();
    }
}
